// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kurier.core.internal.config.PluginPath;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Code that other users may have put there is not loaded. A golden file pins the texts; {@code -Dgolden.update=true}
 * writes it anew.
 */
class FolderTrustTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/plugins/trust.txt");
    private static final int ANOTHER_USER = 4321;

    @TempDir
    private Path folder;

    private Path plugins;

    @BeforeEach
    void makeThem() throws IOException {
        assumeTrue(
                folder.getFileSystem().supportedFileAttributeViews().contains("unix"),
                "this file system has no permissions of POSIX");
        plugins = Files.createDirectory(folder.toRealPath().resolve("plugins"));
        JarMaker.serializer("Sound", "sound", "data").write(plugins.resolve("sound/sound.jar"));
        JarMaker.serializer("Alone", "alone", "data").write(plugins.resolve("alone.jar"));
        try (Stream<Path> all = Files.walk(plugins)) {
            for (Path each : all.toList()) {
                allow(Files.isDirectory(each) ? "rwxr-xr-x" : "rw-r--r--", each);
            }
        }
    }

    @Test
    void loadsWhatOnlyItsOwnerMayWriteTo() {
        assertThat(look()).isEqualTo("found plugins/alone.jar\nfound plugins/sound\n");
    }

    @Test
    void refusesWhatEveryUserMayWriteToAndSaysWhichAndWhatToDo() throws IOException {
        allow("rw-r--rw-", plugins.resolve("alone.jar"));
        String jar = look();
        allow("rwxrwxrwx", plugins.resolve("sound"));
        String subfolder = look();
        allow("rwxrwxrwx", plugins);
        String root = look();
        allow("rwxr-xr-x", plugins);
        allow("rwxrwxrwx", folder);
        String above = look();
        assertSaid("a jar\n" + jar + "a folder\n" + subfolder + "the folder of plugins\n" + root + "the folder above\n"
                + above.replace(folder.toRealPath().toString(), "ABOVE"));
    }

    @Test
    void refusesTheJarBehindALinkIntoSuchAFolder() throws IOException {
        Files.move(plugins.resolve("sound"), plugins.resolve("..sound"));
        allow("rwxrwxrwx", plugins.resolve("..sound"));
        Files.createSymbolicLink(plugins.resolve("link-1.jar"), Path.of("..sound/sound.jar"));
        Files.createSymbolicLink(plugins.resolve("link-2.jar"), Path.of("..sound/sound.jar"));
        assertThat(look().lines())
                .hasSize(3)
                .first()
                .isEqualTo("broken plugins/link-1.jar: refused: of the folder ..sound, which it is in: every user may"
                        + " write to it (rwxrwxrwx). Take that right away: chmod o-w. Or list the digests of the jars in"
                        + " plugin.sha256.");
        assertThat(look().lines().skip(1)).first().asString().startsWith("broken plugins/link-2.jar: refused:");
    }

    @Test
    void refusesAJarWhoseManifestLeadsToOneThatEveryUserMayWriteTo() throws IOException {
        Files.move(plugins.resolve("sound/sound.jar"), plugins.resolve("sound/.parts"));
        allow("rw-rw-rw-", plugins.resolve("sound/.parts"));
        JarMaker.serializer("Leads", "leads", "data")
                .entry("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nClass-Path: .parts\n")
                .write(plugins.resolve("sound/leads.jar"));
        allow("rw-r--r--", plugins.resolve("sound/leads.jar"));
        assertThat(look())
                .startsWith(
                        "broken plugins/sound/leads.jar: refused: its manifest leads to sound/.parts: every user may"
                                + " write to it (rw-rw-rw-).");
    }

    @Test
    void refusesWhatBelongsToAnotherUser() throws IOException {
        try {
            Files.setAttribute(plugins.resolve("alone.jar"), "unix:uid", ANOTHER_USER);
        } catch (FileSystemException e) {
            System.out.println("skipped: only root gives a file to another user");
            assumeTrue(false, "only root gives a file to another user");
        }
        assertThat(look())
                .startsWith(
                        "broken plugins/alone.jar: refused: it belongs to user 4321, who is neither the user of this"
                                + " process (");
    }

    @Test
    void warnsOnceOfAGroupThatMayWrite() throws IOException {
        allow("rw-rw-r--", plugins.resolve("alone.jar"));
        allow("rwxrwxr-x", plugins.resolve("sound"));
        boolean isOwn = Files.getAttribute(plugins, "unix:uid").equals(Files.getAttribute(plugins, "unix:gid"));
        if (isOwn) {
            try {
                Files.setAttribute(plugins.resolve("alone.jar"), "unix:gid", ANOTHER_USER);
                Files.setAttribute(plugins.resolve("sound"), "unix:gid", ANOTHER_USER);
            } catch (FileSystemException e) {
                assertThat(look()).as("the group is the user's own").doesNotContain("warning");
                return;
            }
        }
        assertThat(look())
                .isEqualTo("warning plugins/: a group may write to alone.jar and 1 more in it. If not everybody in that"
                        + " group decides what this process runs, take that right away: chmod -R g-w.\n"
                        + "found plugins/alone.jar\nfound plugins/sound\n");
    }

    private static void allow(String permissions, Path path) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    /** Returns the faults and the plugins whose jars are used. */
    private String look() {
        List<PluginFault> faults = new ArrayList<>();
        List<PluginFiles> found = PluginFolder.all(new PluginPath(List.of(plugins), true), faults);
        return Stream.concat(
                        faults.stream().map(fault -> (fault.isWarning() ? "warning " : "broken ") + fault),
                        found.stream().map(files -> "found " + files.origin()))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static void assertSaid(String text) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, text);
        }
        assertThat(text).isEqualTo(Files.readString(GOLDEN));
    }
}
