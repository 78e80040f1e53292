// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.schema;

import io.kurier.serializers.registry.internal.SchemaReference;
import io.kurier.serializers.registry.internal.SchemaRule;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A schema with its identity.
 *
 * @param name a subject, or a file of a folder; null if it was found by its id
 * @param version its version in the subject, counted from 1; 0 if it has none
 * @param id its number; 0 if it has none
 * @param guid null if that is not known
 * @param document its text
 * @param references what it refers to in a registry
 * @param rules its rules in a registry
 */
public record KnownSchema(
        @Nullable String name,
        int version,
        long id,
        @Nullable UUID guid,
        SchemaDocument document,
        List<SchemaReference> references,
        List<SchemaRule> rules) {
    /** Copies the lists. */
    public KnownSchema {
        references = List.copyOf(references);
        rules = List.copyOf(rules);
    }

    /** Returns a schema that is in a file only. */
    static KnownSchema of(SchemaDocument document) {
        return new KnownSchema(null, 0, 0, document.guid(), document, List.of(), List.of());
    }
}
