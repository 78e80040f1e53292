// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The value of {@code --interval}: a number of seconds, or of another unit that it names. */
final class TopInterval implements ITypeConverter<Duration> {
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,6})(ms|s|m)?");
    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofHours(1);

    @Override
    public Duration convert(String text) {
        Matcher parts = NUMBER.matcher(text.strip());
        Duration interval = Duration.ZERO;
        if (parts.matches()) {
            long number = Long.parseLong(parts.group(1));
            String unit = parts.group(2) == null ? "s" : parts.group(2);
            interval = switch (unit) {
                case "ms" -> Duration.ofMillis(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofSeconds(number);
            };
        }
        if (interval.compareTo(LEAST) < 0 || interval.compareTo(MOST) > 0) {
            throw new TypeConversionException(
                    "'" + text + "' is not an interval from 100ms to 60m, such as 500ms, 1s or 5m");
        }
        return interval;
    }
}
