// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import java.util.Arrays;
import org.apache.avro.Schema;

/**
 * Pairs of schemas that were found to have the same fields in the same order, compared by identity. The schema of a
 * generated class for a nested record is another object than the part of the outer schema, and a comparison of the two
 * takes longer than writing the record. A schema's fields never change once they are set.
 *
 * <p>Safe for use by any number of threads: two that add at the same time may lose a pair, which is then compared again.
 */
final class SameSchemas {
    /** Beyond that records bring ever new schemas, and a search would take as long as a comparison. */
    private static final int MOST_PAIRS = 32;

    private volatile Schema[] pairs = {};

    /** Returns whether the pair was added. */
    boolean contains(Schema one, Schema other) {
        Schema[] known = pairs;
        for (int i = 0; i < known.length; i += 2) {
            if (known[i] == one && known[i + 1] == other) {
                return true;
            }
        }
        return false;
    }

    /** Adds a pair, unless there are many. */
    void add(Schema one, Schema other) {
        Schema[] known = pairs;
        if (known.length < 2 * MOST_PAIRS) {
            Schema[] more = Arrays.copyOf(known, known.length + 2);
            more[known.length] = one;
            more[known.length + 1] = other;
            pairs = more;
        }
    }
}
