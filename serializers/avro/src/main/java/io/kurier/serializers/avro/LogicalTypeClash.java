// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes.Decimal;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Finds where two schemas mean different values by the same bytes: milliseconds and microseconds, or decimals of another
 * scale. Neither the fingerprint nor Avro's schema resolution sees that, though the specification says for decimals that
 * they match only if scale and precision do. A larger precision does not alter a value, so it is no clash here.
 */
final class LogicalTypeClash {
    /** The pairs that were looked at, by identity, because a comparison of schemas walks through them. */
    private final IdentityHashMap<Schema, Set<Schema>> seen = new IdentityHashMap<>();

    private LogicalTypeClash() {}

    /** The place and the two types, {@code $.placed is timestamp-millis in one and ...}, or null if there is none. */
    static @Nullable String of(Schema writer, Schema reader) {
        return new LogicalTypeClash().find(Schema.applyAliases(writer, reader), reader, "$");
    }

    private @Nullable String find(Schema writer, Schema reader, String path) {
        if (writer.isUnion()) {
            return inBranches(writer, reader, path);
        }
        if (reader.isUnion()) {
            return inBranches(reader, writer, path);
        }
        if (writer.getType() != reader.getType()) {
            return null;
        }
        String meant = meaning(writer);
        String taken = meaning(reader);
        if (meant != null && taken != null && !meant.equals(taken)) {
            return path + " is " + meant + " in one and " + taken + " in the other";
        }
        return switch (writer.getType()) {
            case ARRAY -> find(writer.getElementType(), reader.getElementType(), path + "[]");
            case MAP -> find(writer.getValueType(), reader.getValueType(), path + ".*");
            case RECORD -> inFields(writer, reader, path);
            default -> null;
        };
    }

    /** A branch is that of the other schema if it has the same type and name. */
    private boolean isNew(Schema writer, Schema reader) {
        return seen.computeIfAbsent(writer, first -> Collections.newSetFromMap(new IdentityHashMap<>()))
                .add(reader);
    }

    private @Nullable String inBranches(Schema union, Schema other, String path) {
        for (Schema branch : union.getTypes()) {
            for (Schema counterpart : other.isUnion() ? other.getTypes() : List.of(other)) {
                String found =
                        branch.getFullName().equals(counterpart.getFullName()) ? find(branch, counterpart, path) : null;
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private @Nullable String inFields(Schema writer, Schema reader, String path) {
        // records of another name are not read as this one (specification, "Schema Resolution")
        if (!writer.getName().equals(reader.getName()) || !isNew(writer, reader)) {
            return null;
        }
        for (Schema.Field field : reader.getFields()) {
            Schema.Field written = writer.getField(field.name());
            String found = written == null ? null : find(written.schema(), field.schema(), path + "." + field.name());
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable String meaning(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        if (logical instanceof Decimal decimal) {
            return "decimal of scale " + decimal.getScale();
        }
        return logical == null ? null : logical.getName();
    }
}
