// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.broker.LocalBroker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The run that takes minutes, with small files. */
class ConnectSmokeTest {

    @Test
    void everyFormatIsInTheReportAlsoWithoutKcat() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try (LocalBroker broker = LocalBroker.start()) {
            int exit = new CommandLine(new ConnectBenchmark(out))
                    .execute(broker.bootstrapServers(), "--smoke", "--kcat", "no-such-kcat");
            assertThat(exit).isZero();
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsSubsequence(
                        "kafka-clients",
                        "producer.compression.type=lz4",
                        "acks=all",
                        "kcat: left out, since the program \"no-such-kcat\" cannot be started",
                        "--seed",
                        "text, 10,000 lines of 100 B",
                        "Connect ",
                        "Connect, its defaults ",
                        "ConnectorHost ",
                        "JSON, 10,000 lines of 100 B",
                        "Connect ",
                        "ConnectorHost ",
                        "Avro, 10,000 records",
                        "ConnectorHost ",
                        "text, 100 files of one line",
                        "ConnectorHost ",
                        "files/s");
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .filteredOn(line -> line.contains("not measured"))
                .as("aims without a figure")
                .hasSize(2)
                .allMatch(line -> line.contains("rate to that of kcat"));
    }

    @Test
    void exactlyOnceIsBesideAClusterAndBesideAtLeastOnce() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try (LocalBroker broker = LocalBroker.start()) {
            int exit = new CommandLine(new ConnectBenchmark(out))
                    .execute(broker.bootstrapServers(), "--exactly-once", "--smoke");
            assertThat(exit).isZero();
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsSubsequence(
                        "a cluster of one worker",
                        "--seed",
                        "text, 10,000 lines of 100 B",
                        "Connect, exactly-once ",
                        "Connect, exactly-once, its defaults ",
                        "Connect, exactly-once, interval ",
                        "ConnectorHost, exactly-once ",
                        "ConnectorHost ",
                        "rate to that of Connect, exactly-once")
                .doesNotContain("JSON", "Avro", "kcat");
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .filteredOn(line -> line.contains("not measured"))
                .as("aims without a figure")
                .hasSize(3)
                .allMatch(line -> line.contains("the longer file"));
    }

    @Test
    void readsTheProcessorTimeOfItsChildren() {
        assertThat(KcatImporter.cpuSeconds("0m1.230s 0m0.310s")).isEqualTo(1.54);
        assertThat(KcatImporter.cpuSeconds("1m1.50s 0m0.00s")).isEqualTo(61.5);
        assertThatThrownBy(() -> KcatImporter.cpuSeconds("no file"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no processor time in: no file");
    }

    @Test
    void measuresFromTheFirstBatchToTheLast() {
        ValueSum values = new ValueSum();
        for (int i = 0; i < 1_000; i++) {
            values.add(new byte[] {(byte) i});
        }
        Input input = new Input(Input.Kind.TEXT, "text", Path.of("a.txt"), 2_000, values);
        Importer.Use use = new Importer.Use(1_000, 1.5, 500, 1.0);
        Turn turn = Turn.of(input, use, new TopicLog.Content(values, 2_500, 3_000, 100));

        assertThat(turn.rate()).isEqualTo(1_800);
        assertThat(turn.rateWithStart()).isEqualTo(500);
        assertThat(turn.bytesPerSecond()).isEqualTo(3_600);
        assertThat(turn.cpuMicros()).isEqualTo(1_000);
        assertThat(turn.cpuMicrosWithStart()).isEqualTo(1_500);
    }

    @Test
    void aLostAndADoubledValueDoNotCancelOut() {
        ValueSum whole = new ValueSum();
        ValueSum other = new ValueSum();
        ValueSum reordered = new ValueSum();
        byte[] first = {1};
        byte[] second = {2};
        whole.add(first);
        whole.add(second);
        other.add(first);
        other.add(first);
        reordered.add(second);
        reordered.add(first);

        assertThat(other.isSameAs(whole)).isFalse();
        assertThat(reordered.isSameAs(whole)).isTrue();
    }
}
