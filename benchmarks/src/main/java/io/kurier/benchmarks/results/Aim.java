// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.results;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a run is to show.
 *
 * @param id its key among the reasons
 * @param what what is compared with what
 * @param run the run of its figure, see {@link Figure#run}
 * @param table matches the title of the table
 * @param row the row of the table
 * @param measure the measure of the row
 * @param bound whether the limit is the smallest or the largest value that meets the aim
 * @param limit the limit, in the unit of the measure
 */
record Aim(String id, String what, String run, Pattern table, String row, String measure, Bound bound, double limit) {

    /** The direction of a limit. */
    enum Bound {
        AT_LEAST,
        AT_MOST
    }

    /** Returns the last figure of this aim's measure; empty if it was not measured. */
    Optional<Figure> find(List<Figure> figures) {
        return figures.stream()
                .filter(figure -> figure.run().equals(run)
                        && table.matcher(figure.table()).matches()
                        && figure.row().equals(row)
                        && figure.measure().equals(measure))
                .reduce((earlier, later) -> later);
    }

    /** Returns whether the value is not on the wrong side of the limit. */
    boolean isMet(double value) {
        return bound == Bound.AT_LEAST ? value >= limit : value <= limit;
    }

    /** Returns how far the value meets the aim: 1 at the limit, more on the right side of it; at most 2. */
    double score(double value) {
        double score = bound == Bound.AT_LEAST ? value / limit : value <= 0 ? 2 : limit / value;
        return Math.max(0, Math.min(2, score));
    }

    /** Returns the limit as text. */
    String limitInWords() {
        return (bound == Bound.AT_LEAST ? "at least " : "at most ") + number(limit);
    }

    /** Returns a value as text: milliseconds and rates without digits behind the point, ratios with two. */
    String number(double value) {
        if (measure.endsWith("/s")) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, measure.startsWith("ms") ? "%,.0f ms" : "%.2f", value);
    }
}
