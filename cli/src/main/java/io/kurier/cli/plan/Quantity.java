// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.plan;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the numbers with units that options take, and writes them for people. */
public final class Quantity {
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)\\s?([A-Za-z/]*)");

    private static final double SECOND = 1e9;
    private static final double THOUSAND = 1e3;

    /** How far from a whole number a calculated one may be that is meant to be whole. */
    private static final double WHOLE = 1e-6;

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

    private static final Map<String, Double> SIZES = units("B", 1, "kB", 1e3, "MB", 1e6, "GB", 1e9, "TB", 1e12);
    private static final Map<String, Double> BINARY =
            units("KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30, "TiB", 1L << 40);
    private static final Map<String, Double> TIMES =
            units("ms", 1e6, "s", SECOND, "min", 60 * SECOND, "h", 3_600 * SECOND, "d", 86_400 * SECOND);

    private Quantity() {}

    /**
     * Reads a rate, such as {@code 5000/s}, {@code 90/min}, {@code 100000/h} or {@code 1000000/d}.
     *
     * @return the number in a second, more than 0
     * @throws IllegalArgumentException if it is none, with what is allowed
     */
    public static double rate(String text) {
        String allowed = "'" + text + "' is no rate above 0, such as 5000/s, 90/min, 100000/h or 1000000/d";
        Matcher parts = NUMBER.matcher(text);
        if (!parts.matches() || !parts.group(2).startsWith("/")) {
            throw new IllegalArgumentException(allowed);
        }
        String unit = parts.group(2).substring(1).toLowerCase(Locale.ROOT);
        Double nanos = unit.equals("ms") ? null : TIMES.get(unit);
        double number = Double.parseDouble(parts.group(1));
        if (nanos == null || number == 0) {
            throw new IllegalArgumentException(allowed);
        }
        return number * SECOND / nanos;
    }

    /**
     * Reads a size: {@code B}, {@code KB}, {@code MB}, {@code GB} and {@code TB} are powers of 1000, {@code KiB} and so
     * on powers of 1024.
     *
     * @return whole bytes
     * @throws IllegalArgumentException if it is none, with what is allowed
     */
    public static long bytes(String text) {
        Matcher parts = NUMBER.matcher(text);
        Double unit = null;
        if (parts.matches()) {
            String name = parts.group(2).toLowerCase(Locale.ROOT);
            unit = SIZES.getOrDefault(name, BINARY.get(name));
        }
        if (unit != null) {
            BigDecimal bytes = new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(unit));
            if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
                return bytes.longValue();
            }
        }
        throw new IllegalArgumentException("'" + text
                + "' is no size, such as 100B, 1KB, 2.5MB, 1GB (powers of 1000) or 16KiB, 1MiB, 1GiB (of 1024)");
    }

    /**
     * Reads a time, such as {@code 2ms}, {@code 30s}, {@code 90min}, {@code 12h} or {@code 7d}.
     *
     * @return the time, more than zero
     * @throws IllegalArgumentException if it is none, with what is allowed
     */
    public static Duration time(String text) {
        Matcher parts = NUMBER.matcher(text);
        Double unit = parts.matches() ? TIMES.get(parts.group(2).toLowerCase(Locale.ROOT)) : null;
        double nanos = unit == null ? 0 : Double.parseDouble(parts.group(1)) * unit;
        if (nanos < 1 || nanos > Long.MAX_VALUE) {
            throw new IllegalArgumentException("'" + text + "' is no time above 0, such as 2ms, 30s, 90min, 12h or 7d");
        }
        return Duration.ofNanos((long) nanos);
    }

    /** Writes a number of bytes with the unit in which it has one to three digits before the point. */
    public static String ofBytes(double bytes) {
        int unit = 0;
        double number = bytes;
        while (Math.abs(number) >= THOUSAND && unit < UNITS.length - 1) {
            number /= THOUSAND;
            unit++;
        }
        return unit == 0 && number == Math.rint(number)
                ? String.format(Locale.ROOT, "%.0f B", number)
                : String.format(Locale.ROOT, "%,.2f %s", number, UNITS[unit]);
    }

    /** Writes a number with the decimals that a small one needs. */
    public static String ofNumber(double number) {
        if (Math.abs(number - Math.rint(number)) < WHOLE || Math.abs(number) >= THOUSAND) {
            return String.format(Locale.ROOT, "%,.0f", number);
        }
        return String.format(Locale.ROOT, Math.abs(number) < 1 ? "%.4f" : "%.2f", number);
    }

    /** Writes a time with the unit in which it is a short number. */
    public static String ofSeconds(double seconds) {
        String name = "ms";
        for (String unit : TIMES.keySet()) {
            if (seconds * SECOND >= TIMES.getOrDefault(unit, SECOND)) {
                name = unit;
            }
        }
        return ofNumber(seconds * SECOND / TIMES.getOrDefault(name, SECOND)) + " " + name;
    }

    private static Map<String, Double> units(Object... namesAndSizes) {
        Map<String, Double> units = new LinkedHashMap<>();
        for (int i = 0; i < namesAndSizes.length; i += 2) {
            units.put(
                    namesAndSizes[i].toString().toLowerCase(Locale.ROOT),
                    ((Number) namesAndSizes[i + 1]).doubleValue());
        }
        return units;
    }
}
