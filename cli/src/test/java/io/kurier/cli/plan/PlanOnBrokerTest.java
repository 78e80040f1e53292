// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kurier.broker.LocalBroker;
import io.kurier.cli.plan.SteadyLoad.Result;
import io.kurier.cli.plan.SteadyLoad.Shape;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the model against a real broker; the rows that it prints are the table of {@code docs/capacity.md}. Disk is
 * compared always, and so are the requests of slow loads. How many requests a fast load makes depends on when the
 * producer's thread is given a processor, so those are compared with {@code -Pnightly}, on a machine with nothing else to
 * do, and once more if they differ.
 */
@WithKafka
class PlanOnBrokerTest {
    private static final long SEED = 7;
    private static final double SECONDS = Double.parseDouble(System.getProperty("plan.seconds", "2"));
    private static final boolean NIGHTLY = Boolean.getBoolean("plan.requests");
    private static final int ATTEMPTS = 3;

    static Stream<Shape> shapes() {
        return Stream.of(
                new Shape("100 B of text, slow", texts(500, 100), 50, "balanced", 3, false, true),
                new Shape("100 B of text, fast", texts(5_000, 100), 10_000, "throughput", 3, false, false),
                new Shape("1 KB of text, fast", texts(2_000, 1_000), 5_000, "balanced", 3, false, false),
                new Shape("1 KB at random with keys, fast", randoms(2_000, 1_000), 5_000, "balanced", 12, true, false),
                new Shape("10 KB at random, fast", randoms(500, 10_000), 1_000, "throughput", 3, false, false),
                new Shape("1 MB at random, slow", randoms(10, 1_000_000), 10, "balanced", 3, false, true));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void predictsDiskAndRequests(Shape shape, LocalBroker broker, TestTopics topics) throws Exception {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            SteadyLoad load = new SteadyLoad(broker, shape, topics.create("load", shape.partitions()), SECONDS);
            Result result = load.run();
            CapacityPlan plan = load.plan(result);
            print(shape, result, plan);
            assertThat((double) result.diskBytes())
                    .as("disk, seed %d", SEED)
                    .isCloseTo(plan.diskBytes(), within(0.05 * plan.diskBytes()));
            double off = Math.abs(plan.requestsPerSecond() / result.requestsPerSecond() - 1);
            if (shape.isOneByOne()) {
                assertThat(off).as("requests").isLessThan(0.1);
                assertThat(result.wireBytesPerSecond())
                        .as("wire")
                        .isCloseTo(plan.wireBytesPerSecond(), within(0.02 * plan.wireBytesPerSecond()));
            }
            if (!NIGHTLY || off < 0.1) {
                return;
            }
            assertThat(attempt).as("attempts until requests are within 10 %").isLessThan(ATTEMPTS);
        }
    }

    private static void print(Shape shape, Result result, CapacityPlan plan) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %,.0f | %,.0f | %,d | %+.1f %% | %,.1f | %,.1f | %+.1f %% |%n",
                shape,
                shape.profile(),
                result.perSecond(),
                plan.diskBytes(),
                result.diskBytes(),
                100 * (plan.diskBytes() / result.diskBytes() - 1),
                plan.requestsPerSecond(),
                result.requestsPerSecond(),
                100 * (plan.requestsPerSecond() / result.requestsPerSecond() - 1));
    }

    private static List<byte[]> randoms(int count, int size) {
        Random random = new Random(SEED);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    byte[] value = new byte[size];
                    random.nextBytes(value);
                    return value;
                })
                .toList();
    }

    /** Some words again and again, and between them hexadecimal digits at random. */
    private static List<byte[]> texts(int count, int size) {
        Random random = new Random(SEED);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    StringBuilder text = new StringBuilder();
                    while (text.length() < size) {
                        text.append("order=").append(String.format(Locale.ROOT, "%08x", random.nextInt()));
                    }
                    return text.substring(0, size).getBytes(StandardCharsets.UTF_8);
                })
                .toList();
    }
}
