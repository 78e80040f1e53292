// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.Printable;
import io.kurier.cli.top.TopRow;
import io.kurier.cli.top.TopSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table of {@code kurier top} as lines. */
final class TopText {
    private static final String UNKNOWN = "-";
    private static final String GAP = "  ";
    private static final double MEGA = 1e6;
    private static final int LEFT_COLUMNS = 2;

    private static final String[] TITLES = {
        "topic",
        "publisher",
        "records/s",
        "MB/s",
        "ack p50 ms",
        "ack p99 ms",
        "in flight",
        "rejected",
        "not stored",
        "unknown"
    };

    private TopText() {}

    /**
     * Returns the table, the buffers and the notes.
     *
     * @param most the most topics that are shown, those with the highest rates
     */
    static List<String> lines(List<TopRow> rows, TopSample sample, int most) {
        List<String[]> cells = new ArrayList<>();
        cells.add(TITLES);
        shown(rows, most).forEach(row -> cells.add(cells(row)));
        int[] widths = new int[TITLES.length];
        for (String[] row : cells) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row[column].length());
            }
        }
        List<String> lines = new ArrayList<>();
        cells.forEach(row -> lines.add(line(row, widths)));
        if (rows.size() > most) {
            lines.add("and " + Sizes.count(rows.size() - most) + " more with lower rates");
        }
        sample.buffers().stream().limit(most).forEach(buffer -> lines.add(line(buffer)));
        sample.notes().stream().limit(most).map(Printable::of).forEach(lines::add);
        return lines;
    }

    private static Stream<TopRow> shown(List<TopRow> rows, int most) {
        if (rows.size() <= most) {
            return rows.stream();
        }
        List<TopRow> chosen = rows.stream()
                .sorted(Comparator.comparing(TopText::rate).reversed())
                .limit(most)
                .toList();
        return rows.stream().filter(chosen::contains);
    }

    private static double rate(TopRow row) {
        return row.recordsPerSecond() == null ? -1 : row.recordsPerSecond();
    }

    private static String[] cells(TopRow row) {
        TopSample.TopicCounts counts = row.counts();
        return new String[] {
            Printable.of(counts.topic()),
            counts.publisher() == null ? UNKNOWN : Printable.of(counts.publisher()),
            decimal(row.recordsPerSecond(), 1),
            decimal(row.bytesPerSecond() == null ? null : (Double) (row.bytesPerSecond() / MEGA), 3),
            decimal(counts.ackMillisP50(), 1),
            decimal(counts.ackMillisP99(), 1),
            whole(counts.inFlight()),
            whole(counts.rejected()),
            whole(counts.notStored()),
            whole(counts.unknown())
        };
    }

    private static String decimal(@Nullable Double number, int digits) {
        return number == null ? UNKNOWN : String.format(Locale.ROOT, "%,." + digits + "f", number);
    }

    private static String whole(@Nullable Long number) {
        return number == null ? UNKNOWN : Sizes.count(number);
    }

    private static String line(String[] cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.length; column++) {
            String fill = " ".repeat(widths[column] - cells[column].length());
            line.append(column < LEFT_COLUMNS ? cells[column] + fill : fill + cells[column])
                    .append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private static String line(TopSample.Buffer buffer) {
        long used = buffer.totalBytes() - buffer.availableBytes();
        double share = buffer.totalBytes() == 0 ? 0 : used / (double) buffer.totalBytes();
        return "buffer of " + Printable.of(buffer.producer()) + ": " + Sizes.of(used) + " of "
                + Sizes.of(buffer.totalBytes()) + " used (" + Sizes.percent(share) + ")";
    }
}
