// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.plan;

import io.kurier.broker.LocalBroker;
import io.kurier.cli.plan.SteadyLoad.Result;
import io.kurier.cli.plan.SteadyLoad.Shape;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The model against a real broker, in the table of {@code docs/capacity.md}. */
@WithKafka
class PlanOnBrokerTest {
    private static final long SEED = 20_240_607;

    static Stream<Shape> shapes() {
        return Stream.of(
                new Shape("100 B of text, slow", texts(500, 100), 50, 150, "latency", 3, true),
                new Shape("100 B of text, fast", texts(5_000, 100), 10_000, 40_000, "throughput", 3, false),
                new Shape("1 KB of text, fast", texts(2_000, 1_000), 5_000, 20_000, "balanced", 3, false),
                new Shape("10 KB at random, fast", randoms(500, 10_000), 2_000, 8_000, "throughput", 3, false),
                new Shape("1 MB at random, slow", randoms(10, 1_000_000), 10, 30, "balanced", 3, true));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void predictsDiskAndRequests(Shape shape, LocalBroker broker, TestTopics topics) throws Exception {
        SteadyLoad load = new SteadyLoad(broker, shape, topics.create("load", shape.partitions()));
        Result result = load.run();
        Map<String, Object> plan = load.plan(result);
        double seconds = shape.records() / result.perSecond();
        double disk = ((Number) plan.get("diskBytes")).doubleValue();
        double requests = ((Number) plan.get("requestsPerSecond")).doubleValue();
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %,.0f | %,.0f | %,d | %+.1f %% | %,.1f | %,.1f | %+.1f %% | %s%n",
                shape,
                shape.profile(),
                result.perSecond(),
                disk,
                result.diskBytes(),
                100 * (disk / result.diskBytes() - 1),
                requests,
                result.requests() / seconds,
                100 * (requests / (result.requests() / seconds) - 1),
                plan);
    }

    static List<byte[]> randoms(int count, int size) {
        Random random = new Random(SEED);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    byte[] value = new byte[size];
                    random.nextBytes(value);
                    return value;
                })
                .toList();
    }

    /** Half of it is made of a few words, half of hexadecimal digits. */
    static List<byte[]> texts(int count, int size) {
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
