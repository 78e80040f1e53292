// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.json;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How records are arranged in a file. */
enum Layout {
    /** Determined for each file. */
    AUTO,
    /** One JSON value per line. */
    LINES,
    /** JSON values one after the other, or the elements of one array, over any number of lines. */
    VALUES;

    /** Returns its name in the configuration. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Layout::word).toList();
    }

    static Layout of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
