// SPDX-License-Identifier: Apache-2.0
package io.kurier.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged records of each format in each framing, in a heap of 64 MiB, raise one type of exception. */
class HostileRecordsTest {
    private static final int COUNT = 10_000;
    private static final Pattern ENDED = Pattern.compile("(\\d+) of " + COUNT + " were read\n");

    @TempDir
    private Path folder;

    static Stream<Arguments> formatsAndFramings() {
        return Stream.of("text", "json", "json3", "avro", "protobuf")
                .flatMap(format ->
                        FramingChoice.of(format).stream().map(framing -> Arguments.of(format, framing.name())));
    }

    @ParameterizedTest
    @MethodSource("formatsAndFramings")
    void everyRecordIsReadOrRefusedAndNothingElse(String format, String framing) throws Exception {
        long seed = System.nanoTime();
        String printed = run(format, framing, String.valueOf(seed), String.valueOf(COUNT));
        Matcher ended = ENDED.matcher(printed);
        assertThat(ended.find())
                .as("seed %d of %s and %s: %s", seed, format, framing, printed)
                .isTrue();
        // Both, since otherwise the records would be too much or too little damaged to find anything.
        assertThat(Integer.parseInt(ended.group(1))).isBetween(COUNT / 100, COUNT - COUNT / 100);
    }

    @ParameterizedTest
    @MethodSource("formatsAndFramings")
    void undamagedRecordsAreRead(String format, String framing) {
        Reading reading = Reading.of(format, FramingChoice.named(framing));
        assertThat(reading.records())
                .isNotEmpty()
                .allSatisfy(record -> assertThat(reading.read(record)).isPositive());
    }

    /** So the seed of a failure is enough to repeat it. */
    @Test
    void theSameSeedMakesTheSameRecords() throws Exception {
        List<String> once = Stream.of("json", "none", "42", "200").toList();
        assertThat(run(once.toArray(String[]::new))).isEqualTo(run(once.toArray(String[]::new)));
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx64m",
                                "-XX:+UseSerialGC", // the JVM's own choice for a container of this size
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                HostileRecords.class.getName()),
                        Stream.of(arguments))
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES))
                    .as("the other JVM has ended")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
