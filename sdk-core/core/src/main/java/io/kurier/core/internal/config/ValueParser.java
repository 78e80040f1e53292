// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads values that no {@code ConfigDef} checks: lists, for which each problem names the item. */
final class ValueParser {
    private final Problems problems;

    ValueParser(Problems problems) {
        this.problems = problems;
    }

    /**
     * Returns the items of a list that are separated by commas, without the empty ones and, if they are refused,
     * without those named before. A list that is not set, empty or without a usable value has no items.
     *
     * @param setting the list, or null if it is not set
     * @param whenEmpty the problem of an empty item, a sentence with what to do
     * @param refuseRepeated whether an item that is named twice is a problem
     */
    List<String> list(@Nullable Setting setting, String whenEmpty, boolean refuseRepeated) {
        List<String> items = new ArrayList<>();
        if (setting == null || !setting.isUsable()) {
            return items;
        }
        if (setting.value().isEmpty()) {
            problems.add(setting, "empty. Set it, or remove the key.");
            return items;
        }
        for (String part : setting.value().split(",", -1)) {
            String item = part.strip();
            if (item.isEmpty()) {
                problems.add(setting, whenEmpty);
            } else if (refuseRepeated && items.contains(item)) {
                problems.add(setting, "\"" + item + "\" is named twice. Keep one of them.");
            } else {
                items.add(item);
            }
        }
        return items;
    }

    /**
     * Returns whether a list is written out, or else reports why it has to be.
     *
     * @param setting the list, or null if it is not set
     * @param why why it cannot hold a variable
     */
    boolean isWrittenOut(@Nullable Setting setting, String why) {
        if (setting == null || setting.variables().isEmpty()) {
            return true;
        }
        problems.add(setting, "cannot hold a variable: " + why + ". Write them out.");
        return false;
    }
}
