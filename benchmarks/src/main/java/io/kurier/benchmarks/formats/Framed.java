// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.formats;

import java.util.Map;
import java.util.Set;

/** The configuration of a serializer with a framing. */
final class Framed {
    private static final Set<String> WITHOUT_SOURCE = Set.of("none", "single-object");

    private Framed() {}

    /** Returns the keys that select a framing; {@link OneSchemaPlugin} has the ids. */
    static Map<String, String> by(String key, String framing) {
        return WITHOUT_SOURCE.contains(framing)
                ? Map.of(key, framing)
                : Map.of(key, framing, key + "." + framing + ".schemas", "one");
    }
}
