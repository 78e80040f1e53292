// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.results;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Draws the aims as SVG: a bar for each from 0 to its {@link Aim#score}, and a thin line from the score of its smallest
 * to that of its largest value. The colors follow the light or dark scheme of the reader.
 */
final class Chart {
    private static final int LABELS = 470;
    private static final int BARS = 360;
    private static final int WORDS = 170;
    private static final int ROW = 24;
    private static final int TOP = 40;
    private static final double MOST = 2;

    private static final String STYLE = """
            <style>
              text { font: 12px sans-serif; fill: #24292f; }
              .met { fill: #1a7f37; }
              .missed { fill: #cf222e; }
              .range, .aim { stroke: #57606a; }
              .aim { stroke-dasharray: 4 3; }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3; }
                .met { fill: #3fb950; }
                .missed { fill: #f85149; }
                .range, .aim { stroke: #8b949e; }
              }
            </style>
            """;

    private Chart() {}

    /** Returns the picture; aims without a figure have a row without a bar. */
    static String of(List<Aim> aims, List<Figure> figures) {
        int width = LABELS + BARS + WORDS;
        int height = TOP + ROW * aims.size() + ROW / 2;
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">%n",
                width,
                height,
                width,
                height));
        svg.append("<title>How far each value is from its aim</title>\n").append(STYLE);
        text(svg, x(1), TOP - ROW / 2, "middle", "aim");
        text(svg, x(0), TOP - ROW / 2, "start", "worse");
        text(svg, x(MOST), TOP - ROW / 2, "end", "better");
        for (int i = 0; i < aims.size(); i++) {
            row(svg, aims.get(i), aims.get(i).find(figures), TOP + ROW * i);
        }
        line(svg, "aim", x(1), TOP - ROW / 4.0, x(1), height - ROW / 2.0);
        return svg.append("</svg>\n").toString();
    }

    private static void row(StringBuilder svg, Aim aim, Optional<Figure> found, int top) {
        double middle = top + ROW / 2.0;
        text(svg, LABELS - 10, middle + 4, "end", aim.what());
        if (found.isEmpty()) {
            text(svg, x(MOST) + 10, middle + 4, "start", "not measured");
            return;
        }
        Figure figure = found.get();
        String state = aim.isMet(figure.value()) ? "met" : "missed";
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n",
                state,
                LABELS,
                top + 4,
                x(aim.score(figure.value())) - LABELS,
                ROW - 8));
        line(svg, "range", x(aim.score(figure.smallest())), middle, x(aim.score(figure.largest())), middle);
        text(
                svg,
                x(MOST) + 10,
                middle + 4,
                "start",
                aim.number(figure.value()) + " (" + aim.limitInWords() + ") " + (state.equals("met") ? "" : state));
    }

    private static double x(double score) {
        return LABELS + BARS * score / MOST;
    }

    private static void line(StringBuilder svg, String style, double x1, double y1, double x2, double y2) {
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                style,
                x1,
                y1,
                x2,
                y2));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String words) {
        String escaped = words.strip().replace("&", "&amp;").replace("<", "&lt;");
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, escaped));
    }
}
