// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.text;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Finds the charset that configuration names, and guesses what was meant if there is none of that name. */
final class CharsetName {
    /** More typing errors than this make another word, not a misspelt one. */
    private static final int MAX_TYPOS = 2;

    private CharsetName() {}

    /** The charset that a Kafka client's configuration names for keys or values, if any. */
    static Optional<Charset> configured(Map<String, ?> configs, boolean isKey) {
        String general = TextSerializer.CHARSET_CONFIG;
        String specific = (isKey ? "key." : "value.") + general;
        String key = configs.get(specific) == null ? general : specific;
        Object value = configs.get(key);
        return value == null ? Optional.empty() : Optional.of(find(key, value));
    }

    /** The charset of a name, or an error that tells the key. */
    static Charset find(String key, @Nullable Object value) {
        if (value instanceof Charset charset) {
            return charset;
        }
        if (!(value instanceof String name)) {
            throw new ConfigException(key, value, "must be the name of a charset, such as UTF-8");
        }
        try {
            return Charset.forName(name.trim());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new ConfigException(
                    key,
                    name,
                    "Java knows no such charset"
                            + nearest(name)
                                    .map(near -> ". Did you mean " + near + "?")
                                    .orElse(", try UTF-8"));
        }
    }

    private static Optional<String> nearest(String wrong) {
        record Guess(String charset, int typos) {}
        String letters = lettersOf(wrong);
        return Charset.availableCharsets().values().stream()
                .flatMap(charset -> Stream.concat(Stream.of(charset.name()), charset.aliases().stream())
                        .map(name -> new Guess(charset.name(), typos(letters, lettersOf(name)))))
                .filter(guess -> guess.typos() <= Math.min(MAX_TYPOS, letters.length() / 2))
                // UTF-8 is what most people mean where several are as near
                .min(Comparator.comparingInt(Guess::typos)
                        .thenComparing(guess -> !guess.charset().equals("UTF-8"))
                        .thenComparing(Guess::charset))
                .map(Guess::charset);
    }

    private static String lettersOf(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** The number of letters left out, added, replaced or swapped with their neighbour (optimal string alignment). */
    private static int typos(String one, String other) {
        int[][] distance = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    distance[i][j] = i + j;
                    continue;
                }
                int replaced = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                int best = Math.min(
                        distance[i - 1][j - 1] + replaced, Math.min(distance[i - 1][j], distance[i][j - 1]) + 1);
                boolean swapped = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                distance[i][j] = swapped ? Math.min(best, distance[i - 2][j - 2] + 1) : best;
            }
        }
        return distance[one.length()][other.length()];
    }
}
