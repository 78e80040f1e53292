// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers.partitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.peers.Command;
import io.kurier.peers.NodePackages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** kafkajs: what its partitioners answer, without a broker. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class KafkajsPartitionsTest {
    private static Path packages = Path.of(".");

    @TempDir
    private Path folder;

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        packages = NodePackages.install();
    }

    @ParameterizedTest(name = "{0} chooses as {1} does")
    @CsvSource({"LegacyPartitioner, kafkajs-legacy", "DefaultPartitioner, murmur2"})
    void choosesAsKurierDoes(String partitioner, String kurier) throws Exception {
        compare(partitioner, kurier, Keys.random(), "bytes");
    }

    @ParameterizedTest(name = "{0} chooses for text as {1} does for its UTF-8")
    @CsvSource({"LegacyPartitioner, kafkajs-legacy", "DefaultPartitioner, murmur2"})
    void choosesForTextAsKurierDoesForUtf8(String partitioner, String kurier) throws Exception {
        compare(partitioner, kurier, Keys.randomTexts(), "text");
    }

    private void compare(String partitioner, String kurier, List<byte @Nullable []> keys, String form)
            throws IOException, InterruptedException {
        Path asked = folder.resolve("keys");
        Path chosen = folder.resolve("partitions");
        Keys.write(keys, asked);
        for (int partitions : PartitionCounts.ALL) {
            Command.Result node = Command.run(
                    packages,
                    "node",
                    "kafkajs.js",
                    partitioner,
                    String.valueOf(partitions),
                    asked.toString(),
                    chosen.toString(),
                    form);
            assertThat(node.exitCode()).as(node.output()).isZero();
            Comparison.with(kurier)
                    .assertSame("kafkajs' " + partitioner + ", " + form, partitions, Choice.read(keys, chosen));
        }
    }
}
