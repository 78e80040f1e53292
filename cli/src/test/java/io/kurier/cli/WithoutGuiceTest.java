// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.testkit.FakeKafka;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An application that starts its publisher by {@code Kurier.start} may leave Guice's jars out. */
@Timeout(60)
class WithoutGuiceTest {
    private static final Pattern GUICE =
            Pattern.compile("(guice|guava|failureaccess|jakarta\\.inject-api|aopalliance)-.*\\.jar");

    /** Runs in a process whose class path has none of them. */
    static final class Application {
        private static final Topic<String, String> NOTES = Topic.of("notes", String.class, String.class);

        private Application() {}

        public static void main(String... args) {
            try (Publisher publisher = new FakeKafka().start(Map.of("topics.notes.value.serializer", "text"), NOTES)) {
                Receipt receipt = publisher.publish(NOTES, "k", "v").join();
                System.out.println("stored at " + receipt.offset());
            }
        }
    }

    @Test
    void aPublisherStartsAndPublishesWithoutThem() throws IOException, InterruptedException {
        String all = System.getProperty("java.class.path");
        assertThat(all).contains("guice-").contains("guava-");

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        "-cp",
                        without(all),
                        Application.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(said).contains("stored at 0");
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String without(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry ->
                        !GUICE.matcher(Path.of(entry).getFileName().toString()).matches())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
