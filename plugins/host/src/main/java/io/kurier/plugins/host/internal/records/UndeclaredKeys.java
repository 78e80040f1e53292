// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The keys that a connector, transformation or converter reads although it does not declare them, as {@code
 * undeclared.keys} lists them. Without the list a key that nothing declares is a typo. Immutable.
 *
 * @param entries full keys; those that end with {@code .*} stand for all keys that begin so
 */
public record UndeclaredKeys(List<String> entries) {
    /** The key that lists them. */
    public static final String KEY = "undeclared.keys";

    private static final String ALL = ".*";

    /** Makes a copy. */
    public UndeclaredKeys {
        entries = List.copyOf(entries);
    }

    /** Reads a connector's properties. */
    public static UndeclaredKeys of(Map<String, String> properties) {
        return new UndeclaredKeys(Arrays.stream(properties.getOrDefault(KEY, "").split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList());
    }

    /** Returns whether a full key is listed. */
    public boolean contains(String key) {
        return entries.stream()
                .anyMatch(entry -> entry.endsWith(ALL)
                        ? key.startsWith(entry.substring(0, entry.length() - 1))
                        : key.equals(entry));
    }

    /** Returns the entries that name no key: the bare asterisk would make every typo valid. */
    public List<String> invalid() {
        return entries.stream()
                .filter(entry -> entry.startsWith(".") || entry.indexOf('*') >= 0 && !isPrefix(entry))
                .toList();
    }

    private static boolean isPrefix(String entry) {
        return entry.endsWith(ALL) && entry.indexOf('*') == entry.length() - 1;
    }
}
