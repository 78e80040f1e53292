// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal.compatibility;

import com.google.protobuf.Descriptors.Descriptor;
import java.util.List;

/**
 * The rules of one format. The library of the format has to be on the class path: Avro, protobuf-java, or Jackson for
 * JSON Schema. Safe for use by any number of threads.
 *
 * @param <S> what a schema is given as
 */
@FunctionalInterface
public interface SchemaRules<S> {
    /**
     * Returns the changes from one schema to a later one that break a direction, none if they are compatible.
     *
     * @throws IllegalArgumentException if a schema is not valid, or cannot be compared
     */
    List<Violation> compare(S earlier, S next, Direction direction);

    /** Returns the rules for Avro schemas as JSON. */
    static SchemaRules<String> avro() {
        return new AvroRules();
    }

    /** Returns the rules for messages of Protobuf. */
    static SchemaRules<Descriptor> protobuf() {
        return new ProtobufRules();
    }

    /** Returns the rules for JSON Schemas. */
    static SchemaRules<String> jsonSchema() {
        return new JsonSchemaRules();
    }
}
