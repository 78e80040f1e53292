// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt.internal.json;

import io.kurier.guards.encrypt.internal.fields.FieldTree;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns once of paths that none of the first values of a topic has. No schema says which fields JSON has, so a field may
 * be absent; and one whose path is misspelt stays in plain text. Safe for use by any number of threads.
 */
final class UnfoundFields {
    private static final Logger LOG = LoggerFactory.getLogger(UnfoundFields.class);
    static final int VALUES = 1_000;

    private final String topic;
    private final Set<String> paths = ConcurrentHashMap.newKeySet();
    private final AtomicInteger values = new AtomicInteger();

    /**
     * Creates it with all paths.
     *
     * @param topic the topic's alias
     */
    UnfoundFields(FieldTree fields, String topic) {
        this.topic = topic;
        fields.paths().forEach(path -> paths.add(path.toString()));
    }

    /** Notes that a value has the field at the end of a path. */
    void found(FieldTree last) {
        if (!paths.isEmpty()) {
            paths.remove(last.path().toString());
        }
    }

    /** Notes the end of a value. */
    void endOfValue() {
        if (!paths.isEmpty() && values.get() < VALUES && values.incrementAndGet() == VALUES) {
            LOG.warn(
                    "None of {} values of the topic {} had a field at {}, so none was encrypted there. Check that the"
                            + " path is written as the field is in JSON, case included",
                    VALUES,
                    topic,
                    String.join(", ", paths));
        }
    }
}
