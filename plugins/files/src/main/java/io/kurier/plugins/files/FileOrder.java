// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The order in which files are read that one scan finds. */
enum FileOrder {
    NAME(Comparator.comparing(FoundFile::name)),
    MODIFIED(Comparator.comparing(FoundFile::modified).thenComparing(FoundFile::name));

    private final Comparator<FoundFile> comparator;

    FileOrder(Comparator<FoundFile> comparator) {
        this.comparator = comparator;
    }

    Comparator<FoundFile> comparator() {
        return comparator;
    }

    static FileOrder of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    static List<String> words() {
        return Arrays.stream(values())
                .map(order -> order.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
