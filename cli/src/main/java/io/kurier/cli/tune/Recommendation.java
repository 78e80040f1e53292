// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.tune;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What is recommended, by a rule over the measurements: the highest rate; of those within its noise the fewest bytes on
 * the wire; of those the lowest p99. The profile {@code durable} is not recommended for its speed.
 *
 * @param chosen the recommended variant
 * @param why the reasons, as sentences
 */
public record Recommendation(Measurement chosen, List<String> why) {
    /** Rates that differ by less are the same, however little the turns differ from each other. */
    private static final double LEAST_NOISE = 0.03;

    /** Bytes on the wire that differ by less are the same. */
    private static final double SAME_BYTES = 0.02;

    /** Compares the measurements, of which one at least is not of {@code durable}. */
    static Recommendation of(List<Measurement> all) {
        List<Measurement> candidates =
                all.stream().filter(one -> !one.variant().isDurable()).toList();
        Measurement fastest = max(candidates.stream());
        List<Measurement> asFast = candidates.stream()
                .filter(one -> one.recordsPerSecond().max() >= fastest.rate() || one.rate() >= leastOf(fastest))
                .toList();
        double fewest =
                asFast.stream().mapToDouble(Recommendation::wireBytes).min().orElseThrow();
        Measurement chosen = asFast.stream()
                .filter(one -> wireBytes(one) <= fewest * (1 + SAME_BYTES))
                .min(Comparator.comparingDouble(one -> one.p99Millis().median()))
                .orElseThrow();
        return new Recommendation(chosen, why(all, asFast, fastest, chosen));
    }

    private static double leastOf(Measurement fastest) {
        return fastest.rate() * (1 - LEAST_NOISE);
    }

    private static double wireBytes(Measurement measurement) {
        return measurement.wireBytesPerRecord().median();
    }

    private static Measurement max(Stream<Measurement> measurements) {
        return measurements.max(Comparator.comparingDouble(Measurement::rate)).orElseThrow();
    }

    private static List<String> why(
            List<Measurement> all, List<Measurement> asFast, Measurement fastest, Measurement chosen) {
        String rate = chosen == fastest
                ? "It was the fastest, " + rate(fastest) + "."
                : "The fastest was " + fastest.variant() + ", " + rate(fastest) + "; this one, " + rate(chosen)
                        + ", is within the noise of it.";
        String bytes = asFast.size() == 1
                ? "No other was within that noise."
                : format(
                        "Of the %d within that noise it %s, %.0f a record.",
                        asFast.size(),
                        asFast.stream().allMatch(one -> wireBytes(chosen) <= wireBytes(one))
                                ? "had the fewest bytes on the wire"
                                : "had the lowest p99 of those with the fewest bytes on the wire",
                        wireBytes(chosen));
        String time = format("Its p99 was %.1f ms%s.", chosen.p99Millis().median(), lower(all, chosen));
        return Stream.concat(Stream.of(rate, bytes, time), durable(all, chosen).stream())
                .toList();
    }

    private static String lower(List<Measurement> all, Measurement chosen) {
        Measurement quickest = all.stream()
                .min(Comparator.comparingDouble(one -> one.p99Millis().median()))
                .orElseThrow();
        return quickest == chosen
                ? ", the lowest"
                : format(
                        "; the lowest, %.1f ms, was that of %s",
                        quickest.p99Millis().median(), quickest.variant());
    }

    private static Optional<String> durable(List<Measurement> all, Measurement chosen) {
        OptionalDouble best = all.stream()
                .filter(one -> one.variant().isDurable())
                .mapToDouble(Measurement::rate)
                .max();
        return best.isEmpty()
                ? Optional.empty()
                : Optional.of(format(
                        "The profile durable, which is for few records that a crash can lose, reached %.0f %% of its rate.",
                        100 * best.getAsDouble() / chosen.rate()));
    }

    private static String rate(Measurement measurement) {
        return format("%,.0f records/s", measurement.rate());
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
