// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A schema as a registry has it. Which parts are known depends on the request and on the registry.
 *
 * @param subject null if it was asked for by its id
 * @param version its version in the subject, counted from 1; 0 if that is not known
 * @param id its number
 * @param guid null if the registry gives none
 * @param format {@code avro}, {@code json} or {@code protobuf}; the registry's own word in lower case for others
 * @param text the schema in the registry's form; null if the registry has answered with the id only
 * @param references the schemas that it refers to
 * @param rules the rules of its rule set, domain, migration and encoding rules together
 */
public record StoredSchema(
        @Nullable String subject,
        int version,
        long id,
        @Nullable UUID guid,
        String format,
        @Nullable String text,
        List<SchemaReference> references,
        List<SchemaRule> rules) {
    /** Copies the lists. */
    public StoredSchema {
        references = List.copyOf(references);
        rules = List.copyOf(rules);
    }
}
