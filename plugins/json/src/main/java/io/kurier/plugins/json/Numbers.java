// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.json;

import io.kurier.plugins.files.FileSourceConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How numbers are converted, because Connect's values without schema lack most of those that JSON has. */
enum Numbers {
    /** {@link #EXACT} where the receiver of the values is known to write them, else {@link #CONNECT}. */
    AUTO,
    /** All digits as they are written, trailing zeros included. */
    EXACT,
    /** Numbers that a {@code long} or a {@code double} can hold; any other number is rejected. */
    CONNECT;

    /** The class of the converter that writes the digits of numbers as they are. */
    static final String EXACT_CONVERTER = "io.kurier.plugins.json.ExactJsonConverter";

    /** The names by which a Connect worker finds the converter. */
    private static final Set<String> EXACT_CONVERTER_NAMES = Set.of(EXACT_CONVERTER, "ExactJsonConverter", "ExactJson");

    private static final String CONVERTER = "value.converter";

    /** Returns its name in the configuration. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Numbers::word).toList();
    }

    /** Returns the effective value of the configuration, which is never {@link #AUTO}. */
    static Numbers of(String word, FileSourceConfig config) {
        Numbers declared = valueOf(word.toUpperCase(Locale.ROOT));
        if (declared != AUTO) {
            return declared;
        }
        // a worker does not pass the converter of its own properties to connectors
        @Nullable Object converter = config.originals().get(CONVERTER);
        return config.isHosted()
                        || (converter != null
                                && EXACT_CONVERTER_NAMES.contains(
                                        converter.toString().strip()))
                ? EXACT
                : CONNECT;
    }
}
