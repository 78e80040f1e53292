// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import io.kurier.serializers.registry.internal.SchemaRule;
import io.kurier.serializers.registry.internal.StoredSchema;
import java.util.Set;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Refuses schemas whose rules would have to run: Kurier runs none, and a rule that is skipped, such as one that
 * encrypts, would let out what it protects.
 */
final class Rules {
    /** Modes that a writer need not run; an unknown one is refused. */
    private static final Set<String> NOT_FOR_WRITING = Set.of("READ", "UPGRADE", "DOWNGRADE", "UPDOWN");

    /** The modes of migrations depend on the reader's version, so they are needed for reading. */
    private static final Set<String> NOT_FOR_READING = Set.of("WRITE");

    private final String key;
    private final Set<String> ignored;

    /**
     * Creates the check.
     *
     * @param key the name of the key, for errors
     * @param ignored the names of rules that need not run
     */
    Rules(String key, Set<String> ignored) {
        this.key = key;
        this.ignored = Set.copyOf(ignored);
    }

    /**
     * Checks that records can be written.
     *
     * @throws SerializationException with the first rule that would have to run
     */
    void checkWriting(String subject, StoredSchema schema) {
        check("of " + subject, schema, NOT_FOR_WRITING, "written");
    }

    /**
     * Checks that records can be read.
     *
     * @throws SerializationException with the first rule that would have to run
     */
    void checkReading(StoredSchema schema) {
        check("with the id " + schema.id(), schema, NOT_FOR_READING, "read");
    }

    private void check(String which, StoredSchema schema, Set<String> harmless, String done) {
        for (SchemaRule rule : schema.rules()) {
            if (!rule.isDisabled() && !harmless.contains(rule.mode()) && !ignored.contains(rule.name())) {
                throw new SerializationException("the schema " + which + " has the rule " + rule.name()
                        + " of the type " + rule.type() + " (" + rule.mode() + "), which has to run when a record is "
                        + done + ", and Kurier runs no rules. Use a client that runs it, take the rule off the schema,"
                        + " or, if records may be " + done + " without it, name it in " + key);
            }
        }
    }
}
