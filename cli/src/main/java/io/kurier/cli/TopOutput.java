// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kurier.cli.top.TopRates;
import io.kurier.cli.top.TopRow;
import io.kurier.cli.top.TopSample;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Shows the topics of {@code kurier top}, once for each interval. */
interface TopOutput {
    /** The rows that fit into a terminal. */
    int MOST_LIVE = 15;

    /**
     * Shows what has happened between two samples.
     *
     * @param time the time of the later one
     */
    void show(Instant time, TopSample earlier, TopSample later);

    /** Returns an output of lines, each table below the time. */
    static TopOutput plain(PrintWriter out) {
        return (time, earlier, later) -> {
            out.println(time.truncatedTo(ChronoUnit.SECONDS));
            TopText.lines(TopRates.of(earlier, later), later, Integer.MAX_VALUE).forEach(out::println);
        };
    }

    /** Returns an output of a JSON object a line. */
    static TopOutput json(PrintWriter out) {
        return (time, earlier, later) -> out.println(json(time, earlier, later));
    }

    /** Returns an output that replaces itself. */
    static TopOutput live(PrintWriter terminal) {
        TopScreen screen = new TopScreen(terminal);
        return (time, earlier, later) -> screen.draw(TopText.lines(TopRates.of(earlier, later), later, MOST_LIVE));
    }

    private static String json(Instant time, TopSample earlier, TopSample later) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("time", time.toString()).put("seconds", Sizes.rounded(TopRates.seconds(earlier, later)));
        ArrayNode topics = root.putArray("topics");
        List<TopRow> rows = TopRates.of(earlier, later);
        for (TopRow row : rows) {
            TopSample.TopicCounts counts = row.counts();
            topics.addObject()
                    .put("topic", counts.topic())
                    .put("publisher", counts.publisher())
                    .put("recordsPerSecond", row.recordsPerSecond())
                    .put("bytesPerSecond", row.bytesPerSecond())
                    .put("ackMillisP50", counts.ackMillisP50())
                    .put("ackMillisP99", counts.ackMillisP99())
                    .put("inFlight", counts.inFlight())
                    .put("rejected", counts.rejected())
                    .put("notStored", counts.notStored())
                    .put("unknown", counts.unknown());
        }
        ArrayNode buffers = root.putArray("buffers");
        for (TopSample.Buffer buffer : later.buffers()) {
            buffers.addObject()
                    .put("producer", buffer.producer())
                    .put("availableBytes", buffer.availableBytes())
                    .put("totalBytes", buffer.totalBytes());
        }
        return root.toString();
    }
}
