// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.kurier.StartException;
import io.kurier.core.Kurier;
import io.kurier.core.internal.config.PluginPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a folder of plugins holds, the sound ones are found and each other one is told by its jar, with the reason and
 * what to do. Golden files pin the texts; {@code -Dgolden.update=true} writes them anew.
 */
@Timeout(60) // a pipe that is opened blocks for ever
class FaultyJarsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/plugins");

    @TempDir
    private static Path folder;

    private static Path plugins;

    @BeforeAll
    static void makeThem() throws Exception {
        plugins = FaultyJars.in(folder.toRealPath());
    }

    @Test
    void eachIsToldByItsJarWithTheReasonAndWhatToDo() throws IOException {
        try (PluginCatalog catalog = discover(true)) {
            assertSaid(
                    "faults",
                    catalog.faults().stream()
                            .filter(fault -> fault.origin().startsWith("plugins/"))
                            .map(fault -> (fault.isWarning() ? "warning " : "broken ") + fault.kind() + " " + fault)
                            .collect(Collectors.joining("\n")));
        }
    }

    @Test
    void theSoundOnesAreFoundNonetheless() {
        try (PluginCatalog catalog = discover(true)) {
            assertThat(catalog.serializers().stream()
                            .filter(found -> found.origin().startsWith("plugins/"))
                            .map(found -> found.name() + " " + found.version() + " " + found.origin()))
                    .containsExactly(
                            "alone 1.0 plugins/alone.jar",
                            "mounted 1.0 plugins/mounted.jar",
                            "no-manifest unknown plugins/no-manifest.jar",
                            "shadow 1.0 plugins/shadow.jar",
                            "sound 1.0 plugins/sound/sound.jar",
                            "twin-of-folders 1.0 plugins/twin-1.jar",
                            "twin-of-folders 1.0 plugins/twin-2.jar");
        }
    }

    @Test
    void theNameOfAFolderFromAProviderIsNotShown() {
        try (PluginCatalog catalog = discover(false)) {
            assertThat(catalog.serializers()).extracting(FoundPlugin::origin).contains("alone.jar", "sound/sound.jar");
            assertThat(catalog.faults()).noneMatch(fault -> fault.toString().contains("plugins/"));
        }
    }

    @Test
    void aStartWhoseNameIsInABrokenJarListsThem() throws IOException {
        assertSaid("name-not-found", startWith("newer"));
    }

    @Test
    void aNameThatTwoJarsClaimIsAnErrorWhenItIsUsed() throws IOException {
        assertSaid("duplicate-name", startWith("twin-of-folders"));
        assertThat(Kurier.builder().set(keys("sound")).check()).isNotEmpty();
    }

    @Test
    void whatCannotBeReadIsReported(@TempDir Path other) throws IOException {
        Path jar = Files.copy(plugins.resolve("alone.jar"), other.resolve("unreadable.jar"));
        assertThat(jar.toFile().setReadable(false)).isTrue();
        if (Files.isReadable(jar)) {
            System.out.println("skipped: this user may read every file, whatever its permissions");
        }
        assumeFalse(Files.isReadable(jar), "this user may read every file, whatever its permissions");
        try (PluginCatalog catalog =
                PluginCatalog.discover(BoundPlugins.NONE, new PluginPath(List.of(other.toRealPath()), true))) {
            assertThat(catalog.faults())
                    .anySatisfy(fault -> assertThat(fault.toString())
                            .contains("unreadable.jar: it cannot be read: this process is not allowed to."));
        }
    }

    @Test
    void noticesAnotherText() throws IOException {
        assertThatThrownBy(() -> assertThat(startWith("newer").replace("named", "called") + "\n")
                        .isEqualTo(Files.readString(GOLDEN.resolve("name-not-found.txt"))))
                .isInstanceOf(AssertionError.class);
    }

    private static PluginCatalog discover(boolean shown) {
        return PluginCatalog.discover(BoundPlugins.NONE, new PluginPath(List.of(plugins), shown));
    }

    private static String startWith(String serializer) {
        StartException failed = catchThrowableOfType(
                StartException.class,
                () -> Kurier.builder().set(keys(serializer)).check());
        return String.valueOf(failed.getMessage());
    }

    private static Map<String, String> keys(String serializer) {
        return Map.of(
                "bootstrap.servers",
                "127.0.0.1:1",
                "plugin.path",
                plugins.toString(),
                "topics",
                "orders",
                "topics.orders.value.serializer",
                serializer);
    }

    /** Without what differs between machines and JDKs. */
    private static void assertSaid(String name, String said) throws IOException {
        String text = (said + "\n")
                .replace(Path.of("").toAbsolutePath() + "/target/test-classes/", "classpath.jar")
                .replace("Java " + Runtime.version().feature(), "Java HERE");
        Path golden = GOLDEN.resolve(name + ".txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden));
    }
}
