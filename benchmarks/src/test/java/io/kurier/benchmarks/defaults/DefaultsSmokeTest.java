// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.defaults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.TypeRef;
import io.kurier.broker.LocalBroker;
import io.kurier.serializers.json.JsonSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.kafka.support.serializer.JacksonJsonSerializer;
import picocli.CommandLine;

/** The run that takes minutes, with a few records, and that all candidates have the same to do. */
class DefaultsSmokeTest {

    @Test
    void everyCandidateIsInTheReport() {
        String report = run("--smoke");
        assertThat(report)
                .containsSubsequence(
                        "kafka-clients",
                        "acks=all",
                        "batch.size=16384 buffer.memory=33554432 compression.type=none linger.ms=5",
                        "batch.size=131072 buffer.memory=67108864 compression.type=lz4 linger.ms=5",
                        "--seed",
                        "10,000 orders",
                        "JSON, 2,000 records a turn",
                        "KafkaProducer ",
                        "KafkaTemplate ",
                        "Publisher ",
                        "on the broker's disk",
                        "KafkaProducer ",
                        "KafkaTemplate ",
                        "Publisher ")
                .doesNotContain("profile=");
    }

    @Test
    void everyProfileIsARowWhereThatIsAskedFor() {
        assertThat(run("--smoke", "--profiles"))
                .containsSubsequence(
                        "Publisher ",
                        "Publisher, profile=balanced",
                        "Publisher, profile=throughput",
                        "Publisher, profile=latency",
                        "Publisher, profile=durable");
    }

    @Test
    void everyCandidateWritesTheSameJson() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        try (Serializer<Order> raw = new OrderJson();
                Serializer<Order> spring = new JacksonJsonSerializer<>();
                Serializer<Order> kurier = new JsonSerializer<>(new TypeRef<Order>() {})) {
            for (Order order : Arrays.copyOf(Orders.make(), 100)) {
                byte[] json = raw.serialize("t", order);
                for (byte[] other : List.of(spring.serialize("t", order), kurier.serialize("t", order))) {
                    assertThat(other).hasSameSizeAs(json);
                    assertThat(mapper.readTree(other)).isEqualTo(mapper.readTree(json));
                }
            }
        }
    }

    @Test
    void theOrdersAreDifferentAndAsLargeAsIsSaid() {
        Order[] orders = Orders.make();
        assertThat(orders).doesNotHaveDuplicates().isEqualTo(Orders.make());
        try (Serializer<Order> json = new OrderJson()) {
            assertThat(Arrays.stream(orders)
                            .mapToInt(order -> json.serialize("t", order).length)
                            .average())
                    .hasValueCloseTo(1_024.0, offset(10.0));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "callers.CallersBenchmark",
                "defaults.DefaultsBenchmark",
                "facade.FacadeBenchmark",
                "media.MediaBenchmark",
                "startup.StartupBenchmark",
                "steady.SteadyBenchmark",
                "transactions.TransactionsBenchmark",
                "waits.WaitsBenchmark"
            })
    void helpIsPrintedWithoutABroker(String run) throws ReflectiveOperationException {
        Constructor<?> constructor =
                Class.forName("io.kurier.benchmarks." + run).getDeclaredConstructor(PrintStream.class);
        constructor.setAccessible(true);
        CommandLine command = new CommandLine(constructor.newInstance(System.out));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        command.setOut(new PrintWriter(printed, true, StandardCharsets.UTF_8));

        assertThat(command.execute("--help")).isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("Usage: benchmarks/run ", "--help");
    }

    private static String run(String... options) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try (LocalBroker broker = LocalBroker.start()) {
            String[] arguments = Arrays.copyOf(options, options.length + 1);
            arguments[options.length] = broker.bootstrapServers();
            assertThat(new CommandLine(new DefaultsBenchmark(out)).execute(arguments))
                    .isZero();
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
