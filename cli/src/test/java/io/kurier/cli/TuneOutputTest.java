// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.cli.cluster.ClusterKeys;
import io.kurier.cli.tune.Measurement;
import io.kurier.cli.tune.Recommendation;
import io.kurier.cli.tune.Sample;
import io.kurier.cli.tune.Spread;
import io.kurier.cli.tune.TemporaryTopic;
import io.kurier.cli.tune.TuneOptions;
import io.kurier.cli.tune.TuneResult;
import io.kurier.cli.tune.Variant;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TuneOutputTest {
    private static final Measurement FIRST = new Measurement(
            new Variant("throughput", "zstd"),
            new Spread(123_456.4, 100_000, 150_000),
            new Spread(12_345_678, 1, 2),
            new Spread(100, 99, 101),
            new Spread(0.251, 0.2, 0.3),
            new Spread(2.345, 2, 3),
            new Spread(51.26, 50, 52));

    private static final Measurement SECOND = new Measurement(
            new Variant("latency", "none"),
            new Spread(9_876, 9_000, 10_000),
            new Spread(1_234_567_890, 1, 2),
            new Spread(400, 399, 401),
            new Spread(1, 1, 1),
            new Spread(Double.NaN, Double.NaN, Double.NaN),
            new Spread(0.94, 0.9, 1));

    @Test
    void printsTheTableAndTheKeysLikeTheGoldenFile() throws Exception {
        StringWriter text = new StringWriter();
        output().print(new PrintWriter(text, true));
        assertThat(text.toString().replace("\r\n", "\n")).isEqualTo(CommandRun.golden("tune.txt"));
    }

    @Test
    void hasNoNumberInJsonThatWasNotMeasured() throws Exception {
        JsonNode rows = new ObjectMapper().readTree(output().json()).get("measurements");
        assertThat(rows.get(0).get("cpuMicrosPerRecord").toString())
                .isEqualTo("{\"median\":2.345,\"min\":2.0,\"max\":3.0}");
        assertThat(rows.get(1).get("cpuMicrosPerRecord").toString())
                .isEqualTo("{\"median\":null,\"min\":null,\"max\":null}");
    }

    private static TuneOutput output() {
        Sample sample = new Sample("orders.jsonl", "json", Object.class, List.of(1), 1);
        return new TuneOutput(
                new TuneResult(
                        List.of(FIRST, SECOND), new Recommendation(FIRST, List.of("It was fast.", "It was small."))),
                TemporaryTopic.like(null, ClusterKeys.of(null, "127.0.0.1:9092"), sample, complaint -> {}),
                sample,
                new TuneOptions(List.of(FIRST.variant(), SECOND.variant()), 3, Duration.ofMillis(500), 1, 1));
    }
}
