// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kurier.StartException;
import io.kurier.core.Kurier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a path of the configuration leads to, a start neither hangs nor runs out of memory, and says what it is. */
@Timeout(60)
class HostileFilesTest {
    @TempDir
    private Path folder;

    @Test
    void aPipeOrADeviceIsNoPropertiesFile() throws Exception {
        assertThat(failure(pipe("config"))).hasMessageContaining("config: not a regular file");
        Path endless = Path.of("/dev/zero");
        assumeTrue(Files.exists(endless), "this system has no " + endless);
        assertThat(failure(endless)).hasMessage("/dev/zero: not a regular file; name a properties file");
    }

    @Test
    void aFileThatIsTooLargeIsNotRead() throws IOException {
        Path file = Files.write(folder.resolve("large.properties"), new byte[PropertiesFile.LARGEST + 1]);
        assertThat(failure(file)).hasMessageContaining("large.properties: larger than 1 MiB");
    }

    @Test
    void aKeyOfAnyLengthIsComparedAndShownInNoTime() throws IOException {
        Path file = Files.writeString(
                folder.resolve("kurier.properties"),
                "bootstrap.servers=127.0.0.1:9092\n" + "producer." + "x".repeat(900_000) + "=1\n");
        long begin = System.nanoTime();
        StartException failed = failure(file);
        assertThat(failed).hasMessageContaining("xxx... (900009 characters) (kurier.properties:2): unknown key.");
        assertThat(requireNonNull(failed.getMessage())).hasSizeLessThan(1_000);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void aProviderReadsRegularFilesOfASizeOnly() throws Exception {
        Files.write(folder.resolve("large"), new byte[Provider.LARGEST + 1]);
        Path pipe = pipe("pipe");
        assertThat(provided("${file:" + pipe + ":key}").problems())
                .containsExactly("client.id (code): ${file:" + pipe + ":key}: " + pipe
                        + " is not a regular file of at most 1 MiB.");
        assertThat(provided("${file:" + folder + "/large:key}").problems())
                .singleElement()
                .asString()
                .endsWith("/large is not a regular file of at most 1 MiB.");
        assertThat(provided("${dir:" + folder + ":pipe}").problems())
                .singleElement()
                .asString()
                .endsWith("is not a regular file of at most 1 MiB.");
        assertThat(provided("${dir:" + folder + ":large}").problems())
                .singleElement()
                .asString()
                .endsWith("is not a regular file of at most 1 MiB.");
    }

    @Test
    void aLinkDoesNotLeadOutOfTheAllowedPaths() throws IOException {
        Path allowed = Files.createDirectory(folder.resolve("allowed"));
        Path outside = Files.writeString(folder.resolve("outside"), "key=value\n");
        Files.createSymbolicLink(allowed.resolve("link"), outside);
        Files.createSymbolicLink(allowed.resolve("up"), folder);
        Files.writeString(allowed.resolve("real"), "key=value\n");
        Files.createSymbolicLink(allowed.resolve("inner"), allowed.resolve("real"));

        for (String variable : List.of(
                "${file:" + allowed + "/link:key}",
                "${file:" + allowed + "/up/outside:key}",
                "${dir:" + allowed + ":link}",
                "${dir:" + allowed + "/up:outside}")) {
            assertThat(provided(variable, allowed).problems())
                    .singleElement()
                    .asString()
                    .contains("is not within config.providers.");
        }
        assertThat(read("${file:" + allowed + "/inner:key}", allowed)).containsEntry("client.id", "value");
    }

    @Test
    void aNulInAPathIsOneOfTheProblems() {
        String nul = "/tmp/a\0b";
        assertThat(provided("${file:" + nul + ":key}", folder).problems()).hasSize(1);
        assertThat(provided("${file:" + nul + ":key}").problems())
                .containsExactly("client.id (code): ${file:/tmp/a\\u0000b:key}: there is no file /tmp/a\\u0000b.");
        for (String key : List.of("plugin.path", "ssl.truststore.location", "ssl.keystore.location")) {
            StartException failed = requireNonNull(catchThrowableOfType(
                    StartException.class,
                    () -> Kurier.builder()
                            .set("bootstrap.servers", "127.0.0.1:9092")
                            .set(key, nul)
                            .check()));
            assertThat(failed).hasMessageContaining(key + " (code): ").hasMessageContaining("a\\u0000b");
        }
    }

    private Path pipe(String name) throws Exception {
        Path pipe = folder.resolve(name);
        Process made;
        try {
            made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        } catch (IOException e) {
            assumeTrue(false, "there is no mkfifo");
            throw e;
        }
        assumeTrue(made.waitFor() == 0, "mkfifo fails in this file system");
        return pipe;
    }

    private static StartException failure(Path file) {
        return requireNonNull(catchThrowableOfType(StartException.class, () -> Kurier.check(file)));
    }

    private static StartException provided(String variable, Path... allowed) {
        return requireNonNull(catchThrowableOfType(StartException.class, () -> read(variable, allowed)));
    }

    private static Map<String, String> read(String variable, Path... allowed) {
        Map<String, String> keys = new HashMap<>(
                Map.of("bootstrap.servers", "127.0.0.1:9092", "config.providers", "file,dir", "client.id", variable));
        for (Path path : allowed) {
            keys.put("config.providers.file.param.allowed.paths", path.toString());
            keys.put("config.providers.dir.param.allowed.paths", path.toString());
        }
        Problems problems = new Problems();
        List<Setting> settings = keys.entrySet().stream()
                .map(key -> new Setting(key.getKey(), key.getValue(), "code"))
                .toList();
        PublisherConfig config = ConfigReader.read(settings, List.of(), problems);
        problems.throwIfAny();
        return config.connection();
    }
}
