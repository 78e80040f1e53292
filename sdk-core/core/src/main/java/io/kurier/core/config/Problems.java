// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.config;

import io.kurier.StartException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Collects what is wrong with a configuration, so that one error shows all of it. Used by one thread. */
public final class Problems {
    private final List<String> found = new ArrayList<>();

    /** A setting is wrong; {@code what} is a sentence that does not show a secret. */
    public void add(Setting setting, String what) {
        found.add(setting + ": " + what);
    }

    /** A key is missing or a combination is wrong. */
    public void add(String key, String what) {
        found.add(key + ": " + what);
    }

    /** A key that nothing understands, with the nearest one that something does. */
    public void unknownKey(Setting setting, String prefix, Collection<String> known) {
        String word = setting.key().substring(prefix.length());
        add(
                setting,
                "unknown key."
                        + Suggestion.nearest(word, known)
                                .map(near -> " Did you mean " + prefix + near + "?")
                                .orElse(""));
    }

    /** Ends the start if anything is wrong. */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new StartException(found, null);
        }
    }
}
