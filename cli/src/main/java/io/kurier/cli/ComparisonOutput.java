// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kurier.Printable;
import io.kurier.cli.partition.Comparison;
import io.kurier.cli.partition.Placement;
import java.io.PrintWriter;

/** Shows to people and to programs how many keys move. */
final class ComparisonOutput {
    private final Placement from;
    private final Placement to;
    private final Comparison comparison;

    ComparisonOutput(Placement from, Placement to, Comparison comparison) {
        this.from = from;
        this.to = to;
        this.comparison = comparison;
    }

    void print(PrintWriter out) {
        out.println("from " + words(from) + " to " + words(to) + ", keys: " + Sizes.count(comparison.total()));
        out.println();
        Table result = new Table("", "keys", "share");
        result.row("stay", Sizes.count(comparison.stayed()), Sizes.percent(share(comparison.stayed())));
        result.row("move", Sizes.count(comparison.moved()), Sizes.percent(share(comparison.moved())));
        result.print(out);
        long[][] table = comparison.table();
        if (table != null) {
            out.println();
            printTable(table, out);
        }
    }

    private static String words(Placement placement) {
        return Printable.of(placement.partitioner().name()) + " on " + placement.partitions()
                + (placement.partitions() == 1 ? " partition" : " partitions");
    }

    private double share(long keys) {
        return comparison.total() == 0 ? 0 : (double) keys / comparison.total();
    }

    private void printTable(long[][] table, PrintWriter out) {
        String[] titles = new String[to.partitions() + 1];
        titles[0] = "from";
        for (int i = 1; i < titles.length; i++) {
            titles[i] = "to " + (i - 1);
        }
        Table all = new Table(titles);
        for (int row = 0; row < table.length; row++) {
            String[] cells = new String[titles.length];
            cells[0] = String.valueOf(row);
            for (int column = 0; column < table[row].length; column++) {
                cells[column + 1] = Sizes.count(table[row][column]);
            }
            all.row(cells);
        }
        all.print(out);
    }

    String json() {
        ObjectNode root = new ObjectMapper().createObjectNode();
        put(root.putObject("from"), from);
        put(root.putObject("to"), to);
        root.put("keys", comparison.total()).put("stay", comparison.stayed()).put("move", comparison.moved());
        if (comparison.total() == 0) {
            root.putNull("moveShare");
        } else {
            root.put("moveShare", Sizes.rounded(share(comparison.moved())));
        }
        long[][] table = comparison.table();
        if (table == null) {
            root.putNull("table");
        } else {
            ArrayNode rows = root.putArray("table");
            for (long[] row : table) {
                ArrayNode cells = rows.addArray();
                for (long keys : row) {
                    cells.add(keys);
                }
            }
        }
        return root.toString();
    }

    private static void put(ObjectNode node, Placement placement) {
        node.put("partitioner", placement.partitioner().name()).put("partitions", placement.partitions());
    }
}
