// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kurier.Printable;
import io.kurier.cli.partition.ChiSquare;
import io.kurier.cli.partition.Histogram;
import io.kurier.cli.partition.HotKeys;
import io.kurier.cli.partition.HotKeys.HotKey;
import io.kurier.cli.partition.Placement;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Shows to people and to programs how keys are spread over partitions. */
final class HistogramOutput {
    private static final int WIDEST_BAR = 30;
    private static final double SMALLEST_SHOWN = 0.001;

    private final Placement placement;
    private final Histogram histogram;
    private final HotKeys hot;
    private final double hotShare;

    /**
     * Creates it.
     *
     * @param hotShare the share of all keys above which a key is hot, from 0 to 1
     */
    HistogramOutput(Placement placement, Histogram histogram, HotKeys hot, double hotShare) {
        this.placement = placement;
        this.histogram = histogram;
        this.hot = hot;
        this.hotShare = hotShare;
    }

    void print(PrintWriter out) {
        Table table = new Table("partition", "keys", "share", "");
        long most = histogram.keys(histogram.largest());
        for (int i = 0; i < histogram.partitions(); i++) {
            long keys = histogram.keys(i);
            table.row(
                    String.valueOf(i),
                    Sizes.count(keys),
                    Sizes.percent(histogram.share(i)),
                    "#".repeat(most == 0 ? 0 : (int) Math.round((double) keys * WIDEST_BAR / most)));
        }
        table.print(out);
        out.println();
        out.println("keys: " + Sizes.count(histogram.total()) + ", by "
                + Printable.of(placement.partitioner().name()));
        if (histogram.total() > 0) {
            out.println("largest share: " + Sizes.percent(histogram.share(histogram.largest())) + ", of partition "
                    + histogram.largest() + "; an even one is " + Sizes.percent(1.0 / histogram.partitions()));
        }
        out.println("chi-square: " + chiSquare());
        printHotKeys(out);
    }

    private String chiSquare() {
        ChiSquare test = histogram.chiSquare();
        if (test == null) {
            return histogram.partitions() == 1
                    ? "none for one partition"
                    : "none for fewer than " + ChiSquare.FEWEST_KEYS + " keys a partition";
        }
        return String.format(
                Locale.ROOT,
                "%,.2f, degrees of freedom: %,d, p %s: %s",
                test.value(),
                test.degreesOfFreedom(),
                test.p() < SMALLEST_SHOWN ? "< 0.001" : String.format(Locale.ROOT, "= %.3f", test.p()),
                test.isWithinChance() ? "within what chance gives" : "less even than chance gives for distinct keys");
    }

    private void printHotKeys(PrintWriter out) {
        List<HotKey> keys = hot.above(hotShare);
        out.println(
                "hot keys, above " + Sizes.percent(hotShare) + " of all: " + (keys.isEmpty() ? "none" : keys.size()));
        if (keys.isEmpty()) {
            return;
        }
        out.println();
        Table table = new Table("SHA-256 begins", "keys", "share");
        for (HotKey key : keys) {
            table.row(key.hash(), Sizes.count(key.keys()), Sizes.percent((double) key.keys() / histogram.total()));
        }
        table.print(out);
        if (!hot.isExact()) {
            out.println("These numbers may be too high, by at most "
                    + Sizes.count((long) (histogram.total() * HotKeys.LARGEST_ERROR)) + " each.");
        }
    }

    String json() {
        ObjectNode root = new ObjectMapper()
                .createObjectNode()
                .put("partitioner", placement.partitioner().name())
                .put("partitions", histogram.partitions())
                .put("keys", histogram.total());
        ArrayNode counts = root.putArray("counts");
        for (int i = 0; i < histogram.partitions(); i++) {
            counts.add(histogram.keys(i));
        }
        if (histogram.total() == 0) {
            root.putNull("largest");
        } else {
            root.putObject("largest")
                    .put("partition", histogram.largest())
                    .put("keys", histogram.keys(histogram.largest()))
                    .put("share", Sizes.rounded(histogram.share(histogram.largest())));
        }
        ChiSquare test = histogram.chiSquare();
        if (test == null) {
            root.putNull("chiSquare");
        } else {
            root.putObject("chiSquare")
                    .put("value", Sizes.rounded(test.value()))
                    .put("degreesOfFreedom", test.degreesOfFreedom())
                    .put("p", Sizes.rounded(test.p()))
                    .put("withinChance", test.isWithinChance());
        }
        root.put("hotShare", hotShare).put("hotKeysExact", hot.isExact());
        ArrayNode keys = root.putArray("hotKeys");
        for (HotKey key : hot.above(hotShare)) {
            keys.addObject()
                    .put("sha256Begins", key.hash())
                    .put("keys", key.keys())
                    .put("share", Sizes.rounded((double) key.keys() / histogram.total()));
        }
        return root.toString();
    }
}
