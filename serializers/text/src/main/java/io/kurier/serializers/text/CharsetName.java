// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.text;

import io.kurier.internal.EditDistance;
import io.kurier.serializers.internal.ClientConfig;
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

/** Finds the charset that configuration names, and suggests a similar name if there is none. */
final class CharsetName {
    /** With more typing errors it is another word, not a misspelled one. */
    private static final int MAX_TYPOS = 2;

    private CharsetName() {}

    /** Returns the charset that a Kafka client's configuration names for keys or values, if any. */
    static Optional<Charset> configured(Map<String, ?> configs, boolean isKey) {
        String key = new ClientConfig(configs, isKey).keyFor(TextSerializer.CHARSET_CONFIG);
        Object value = configs.get(key);
        return value == null ? Optional.empty() : Optional.of(find(key, value));
    }

    /** Returns the charset of a name, or throws an error that names the key. */
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
                        .map(name -> new Guess(charset.name(), EditDistance.between(letters, lettersOf(name)))))
                .filter(guess -> guess.typos() <= Math.min(MAX_TYPOS, letters.length() / 2))
                // UTF-8 is the most common choice if several are as near
                .min(Comparator.comparingInt(Guess::typos)
                        .thenComparing(guess -> !guess.charset().equals("UTF-8"))
                        .thenComparing(Guess::charset))
                .map(Guess::charset);
    }

    private static String lettersOf(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
