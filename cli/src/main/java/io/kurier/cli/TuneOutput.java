// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kurier.cli.tune.Measurement;
import io.kurier.cli.tune.Recommendation;
import io.kurier.cli.tune.Sample;
import io.kurier.cli.tune.Spread;
import io.kurier.cli.tune.TemporaryTopic;
import io.kurier.cli.tune.TuneOptions;
import io.kurier.cli.tune.TuneResult;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/** Shows a measurement's result to people and to programs. */
final class TuneOutput {
    private static final double MEGA = 1e6;
    private static final double THOUSAND = 1e3;

    private final TuneResult result;
    private final TemporaryTopic topic;
    private final Sample sample;
    private final TuneOptions options;

    TuneOutput(TuneResult result, TemporaryTopic topic, Sample sample, TuneOptions options) {
        this.result = result;
        this.topic = topic;
        this.sample = sample;
        this.options = options;
    }

    /** Prints the medians as a table, and the recommendation as lines of a properties file with its reasons. */
    void print(PrintWriter out) {
        Table table = new Table("profile", "compression", "records/s", "wire MB/s", "ratio", "CPU us/record", "p99 ms");
        for (Measurement measurement : result.measurements()) {
            table.row(
                    measurement.variant().profile(),
                    measurement.variant().compression(),
                    Sizes.count(Math.round(measurement.recordsPerSecond().median())),
                    decimal("%,.1f", measurement.wireBytesPerSecond().median() / MEGA),
                    decimal("%.2f", measurement.compressionRatio().median()),
                    decimal("%.2f", measurement.cpuMicrosPerRecord().median()),
                    decimal("%.1f", measurement.p99Millis().median()));
        }
        table.print(out);
        out.println();
        Recommendation recommendation = result.recommendation();
        out.println("# recommended: " + recommendation.chosen().variant());
        recommendation.why().forEach(reason -> out.println("# " + reason));
        recommendation.chosen().variant().keys().forEach((key, value) -> out.println(key + "=" + value));
    }

    private static String decimal(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "unknown";
    }

    String json() {
        ObjectNode root = new ObjectMapper().createObjectNode().put("topic", topic.name());
        ObjectNode settings = root.putObject("topicSettings");
        topic.declared().forEach(settings::put);
        root.putObject("sample")
                .put("file", sample.file())
                .put("serializer", sample.serializer())
                .put("records", sample.values().size())
                .put("bytes", sample.bytes());
        root.put("rounds", options.rounds())
                .put("seconds", options.time().toMillis() / THOUSAND)
                .put("seed", options.seed());
        ArrayNode rows = root.putArray("measurements");
        for (Measurement measurement : result.measurements()) {
            ObjectNode row = rows.addObject()
                    .put("profile", measurement.variant().profile())
                    .put("compression", measurement.variant().compression());
            put(row, "recordsPerSecond", measurement.recordsPerSecond());
            put(row, "wireBytesPerSecond", measurement.wireBytesPerSecond());
            put(row, "wireBytesPerRecord", measurement.wireBytesPerRecord());
            put(row, "compressionRatio", measurement.compressionRatio());
            put(row, "cpuMicrosPerRecord", measurement.cpuMicrosPerRecord());
            put(row, "p99Millis", measurement.p99Millis());
        }
        ObjectNode recommended = root.putObject("recommended");
        for (Map.Entry<String, String> key :
                result.recommendation().chosen().variant().keys().entrySet()) {
            recommended.put(key.getKey(), key.getValue());
        }
        ArrayNode why = root.putArray("why");
        result.recommendation().why().forEach(why::add);
        return root.toString();
    }

    /** A number that was not measured is null: JSON has no NaN. */
    private static void put(ObjectNode row, String name, Spread spread) {
        ObjectNode values = row.putObject(name);
        put(values, "median", spread.median());
        put(values, "min", spread.min());
        put(values, "max", spread.max());
    }

    private static void put(ObjectNode values, String name, double value) {
        if (Double.isFinite(value)) {
            values.put(name, value);
        } else {
            values.putNull(name);
        }
    }
}
