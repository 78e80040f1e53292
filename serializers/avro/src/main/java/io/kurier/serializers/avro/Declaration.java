// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import io.kurier.serializers.avro.DeclaredType.Kind;
import io.kurier.serializers.internal.ClientConfig;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * What is declared for the values: a type, and the only schema under which they are written.
 *
 * @param schema null if each value is written with its own
 */
record Declaration(DeclaredType type, @Nullable Schema schema) {

    /** Any values, each with its own schema. */
    static final Declaration NONE = new Declaration(DeclaredType.UNKNOWN, null);

    /**
     * Returns the declaration of a type whose schema may be in a file.
     *
     * @param key the configuration key of the file, for the error
     * @param location empty if there is no file
     * @throws ConfigException if there is no such file, it is not a schema, or values of the type cannot be written
     *     under it without loss
     */
    static Declaration of(DeclaredType type, String key, String location) {
        if (!location.isEmpty()) {
            Schema ofFile = Schemas.read(key, location);
            String reason = type.schema() == null ? null : mismatch(type, type.schema(), ofFile);
            if (reason != null) {
                throw new ConfigException(key, location, reason);
            }
            return new Declaration(type, ofFile);
        }
        if (type.kind() == Kind.VALUE) {
            throw new ConfigException("avro cannot write the type " + type.name()
                    + " without a schema: it has none of its own. Name the file of its schema with " + key);
        }
        return new Declaration(type, type.schema());
    }

    /**
     * Returns the declaration of a Kafka client's configuration, and for what that does not set, an earlier one.
     *
     * @throws ConfigException as {@link #of(DeclaredType, String, String)}
     */
    static Declaration of(ClientConfig config, Declaration before) {
        DeclaredType type = DeclaredType.of(config, before.type());
        String key = config.keyFor(AvroSerializer.SCHEMA_CONFIG);
        String location = config.text(AvroSerializer.SCHEMA_CONFIG).orElse("");
        boolean schemaInCode = before.schema() != null && before.type() == DeclaredType.UNKNOWN;
        return location.isEmpty() && (schemaInCode || type == before.type()) ? before : of(type, key, location);
    }

    private static @Nullable String mismatch(DeclaredType type, Schema ofClass, Schema ofFile) {
        String clash = LogicalTypeClash.of(ofClass, ofFile);
        if (clash != null) {
            return "the file and the declared class have other logical types: " + clash
                    + ". Generate the class anew, or leave the key out";
        }
        if (Fingerprint.of(ofClass).equals(Fingerprint.of(ofFile))
                || (type.kind() == Kind.REFLECTED && Resolution.isByName(ofClass, ofFile))) {
            return null;
        }
        String problem = Resolution.problem(ofClass, ofFile);
        return problem == null
                ? null
                : "the file has the schema " + Fingerprint.describe(ofFile) + " and the declared class "
                        + Fingerprint.describe(ofClass) + ", which cannot be written under it without loss: at "
                        + problem
                        + ". Generate the class anew, or leave the key out";
    }

    /** Returns whether a plain class has the fields of the schema, so that it is written under it by their names. */
    boolean isByName() {
        return schema != null
                && type.model() != null
                && (schema == type.schema() || Resolution.isByName(type.model().schema(), schema));
    }
}
