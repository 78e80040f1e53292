// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.core.Kurier;
import io.kurier.core.KurierBuilder;
import io.kurier.core.internal.config.ConfigReader;
import io.kurier.core.internal.config.PluginPath;
import io.kurier.core.internal.config.Setting;
import io.kurier.core.transport.Transport;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of the jars in a folder of plugins, only those whose digests are listed are loaded, and only as they were compared. */
class PinnedJarsTest {
    private static final String CLOSED = "kurier.test.pinned.closed";

    @TempDir
    private Path folder;

    private Path plugins;
    private Path pins;

    @BeforeEach
    void makeThem() throws IOException {
        plugins = Files.createDirectory(folder.toRealPath().resolve("plugins"));
        pins = folder.resolve("plugins.sha256");
        JarMaker.serializer("Sound", "sound", "data").write(plugins.resolve("sound/lib/sound.jar"));
        ClosingPlugin.write(plugins.resolve("closing.jar"), CLOSED);
    }

    @Test
    void loadsTheJarsThatAreListedAsSha256sumWritesThem() throws Exception {
        pin(
                digest("closing.jar") + "  closing.jar",
                digest("sound/lib/sound.jar").toUpperCase(Locale.ROOT) + " *./sound/lib/sound.jar");
        try (PluginCatalog catalog = PluginCatalog.discover(BoundPlugins.NONE, path())) {
            assertThat(ofFolder(catalog)).isEmpty();
            assertThat(catalog.serializers()).extracting(FoundPlugin::name).contains("closing", "sound");
            assertThat(catalog.serializers())
                    .extracting(FoundPlugin::origin)
                    .contains("plugins/closing.jar", "plugins/sound/lib/sound.jar");
        }
    }

    @Test
    void refusesAJarThatIsNotListed() throws Exception {
        String actual = digest("sound/lib/sound.jar");
        pin(digest("closing.jar") + "  closing.jar");
        assertThat(faults())
                .containsExactly("plugins/sound/lib/sound.jar: refused: its SHA-256 is " + actual
                        + ", and the file of plugin.sha256 does not list sound/lib/sound.jar. Get the right digest from"
                        + " those who made it; if it is this one, add a line with it.");
    }

    @Test
    void refusesAJarThatDiffersAndShowsBothDigests() throws Exception {
        String listed = digest("closing.jar");
        pin(listed + "  closing.jar", digest("sound/lib/sound.jar") + "  sound/lib/sound.jar");
        JarMaker.serializer("Other", "closing", "data").write(plugins.resolve("closing.jar"));
        assertThat(faults())
                .containsExactly("plugins/closing.jar: refused: its SHA-256 is " + digest("closing.jar")
                        + ", and the file of plugin.sha256 lists " + listed
                        + ". Get the jar anew from those who made it,"
                        + " or correct the line if the jar was replaced on purpose.");
        assertThatThrownBy(() -> builder("closing").check())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("lists " + listed);
    }

    @Test
    void loadsNothingOfAJarThatWasReplacedAfterItsDigestWasCompared() throws Exception {
        pin(digest("closing.jar") + "  closing.jar", digest("sound/lib/sound.jar") + "  sound/lib/sound.jar");
        System.clearProperty(CLOSED);
        Publisher publisher = builder("closing").transport(config -> nothing()).start();

        Files.writeString(plugins.resolve("closing.jar"), "not a jar any more");
        publisher.close();

        assertThat(System.getProperty(CLOSED))
                .as("a class that was first needed during the close")
                .isEqualTo("1 time, with the loader closing.jar");
        System.clearProperty(CLOSED);
    }

    @Test
    void followsNoManifestToAJarThatIsNotListed() throws Exception {
        JarMaker.serializer("Hidden", "hidden", "data").write(plugins.resolve("sound/lib/.hidden"));
        Files.delete(plugins.resolve("sound/lib/sound.jar"));
        JarMaker.jar()
                .entry("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nClass-Path: .hidden\n")
                .provides("io.kurier.spi.SerializerPlugin", "com.example.Hidden")
                .write(plugins.resolve("sound/lib/leads.jar"));
        pin(digest("closing.jar") + "  closing.jar", digest("sound/lib/leads.jar") + "  sound/lib/leads.jar");
        try (PluginCatalog catalog = PluginCatalog.discover(BoundPlugins.NONE, path())) {
            assertThat(catalog.serializers()).extracting(FoundPlugin::name).doesNotContain("hidden");
            assertThat(ofFolder(catalog))
                    .singleElement()
                    .asString()
                    .startsWith("plugins/sound/lib/leads.jar: META-INF/services/io.kurier.spi.SerializerPlugin names"
                            + " com.example.Hidden, and there is no such class.");
        }
    }

    @Test
    void deletesItsCopies() throws Exception {
        pin(digest("closing.jar") + "  closing.jar", digest("sound/lib/sound.jar") + "  sound/lib/sound.jar");
        List<PluginFiles> found = PluginFolder.all(path(), new ArrayList<>());
        List<Path> copies =
                found.stream().map(files -> files.jars().get(0).file()).toList();
        assertThat(copies).hasSize(2).allSatisfy(copy -> assertThat(copy).exists());
        assertThat(copies).noneMatch(copy -> copy.startsWith(plugins));

        List<Path> folders = found.stream()
                .map(files -> Objects.requireNonNull(files.copies()).root())
                .toList();
        found.forEach(PluginFiles::close);
        assertThat(folders).hasSize(2).allSatisfy(root -> assertThat(root).doesNotExist());
    }

    @Test
    void onlyWarnsOfPermissionsSinceTheDigestsCount() throws Exception {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return;
        }
        Files.setPosixFilePermissions(plugins.resolve("sound"), PosixFilePermissions.fromString("rwxrwxrwx"));
        pin(digest("closing.jar") + "  closing.jar", digest("sound/lib/sound.jar") + "  sound/lib/sound.jar");
        try (PluginCatalog catalog = PluginCatalog.discover(BoundPlugins.NONE, path())) {
            assertThat(ofFolder(catalog)).singleElement().satisfies(fault -> {
                assertThat(fault.isWarning()).isTrue();
                assertThat(fault)
                        .hasToString(
                                "plugins/sound: every user may write to it (rwxrwxrwx). Take that right away: chmod"
                                        + " o-w. Until then, only plugin.sha256 protects what is in it.");
            });
            assertThat(catalog.serializers()).extracting(FoundPlugin::name).contains("sound");
        }
    }

    @Test
    void refusesAFileOfDigestsThatEveryUserMayWriteToOrReplace() throws Exception {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return;
        }
        pin(digest("closing.jar") + "  closing.jar");
        Files.setPosixFilePermissions(pins, PosixFilePermissions.fromString("rw-r--rw-"));
        assertThatThrownBy(this::path)
                .isInstanceOf(StartException.class)
                .hasMessage("plugin.sha256 (test): \"" + pins + "\" is no proof of anything: every user may write to it"
                        + " (rw-r--rw-). Take that right away: chmod o-w.");
        Files.setPosixFilePermissions(pins, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(this::path)
                .isInstanceOf(StartException.class)
                .hasMessageContaining("every user may put another file in its place");
    }

    private void pin(String... lines) throws IOException {
        Files.writeString(pins, String.join("\n", lines) + "\n");
    }

    private String digest(String jar) throws IOException, GeneralSecurityException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(plugins.resolve(jar))));
    }

    private PluginPath path() {
        return ConfigReader.pluginPath(List.of(
                new Setting("plugin.path", plugins.toString(), "test"),
                new Setting("plugin.sha256", pins.toString(), "test")));
    }

    private List<String> faults() {
        try (PluginCatalog catalog = PluginCatalog.discover(BoundPlugins.NONE, path())) {
            return ofFolder(catalog).stream().map(PluginFault::toString).toList();
        }
    }

    /** Returns the faults without those of the class path. */
    private static List<PluginFault> ofFolder(PluginCatalog catalog) {
        return catalog.faults().stream()
                .filter(fault -> fault.origin().startsWith("plugins/"))
                .toList();
    }

    private KurierBuilder builder(String serializer) {
        return Kurier.builder()
                .set("bootstrap.servers", "127.0.0.1:1")
                .set("plugin.path", plugins.toString())
                .set("plugin.sha256", pins.toString())
                .set("topics", "orders")
                .set("topics.orders.value.serializer", serializer);
    }

    /** A way to nowhere. */
    private static Transport nothing() {
        return (Transport) Proxy.newProxyInstance(
                Transport.class.getClassLoader(), new Class<?>[] {Transport.class}, (proxy, method, arguments) -> null);
    }
}
