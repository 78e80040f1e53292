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
 * Finds fields in which two schemas give the same bytes different values: milliseconds and microseconds, or decimals of
 * another scale, also if an {@code int} is read as a {@code long} and the like. Neither the fingerprint nor Avro's
 * schema resolution detects that, though the specification requires for decimals that scale and precision match. A
 * larger precision does not change a value, so it is not a clash here.
 */
final class LogicalTypeClash {
    /** The pairs that were compared, by identity, because a comparison of schemas traverses them. */
    private final IdentityHashMap<Schema, Set<Schema>> seen = new IdentityHashMap<>();

    private LogicalTypeClash() {}

    /**
     * Returns the place and the two types, {@code $.placed is timestamp-millis in one and ...}, or null if there is no
     * clash.
     */
    static @Nullable String of(Schema writer, Schema reader) {
        return new LogicalTypeClash().find(Schema.applyAliases(writer, reader), reader, "$");
    }

    private @Nullable String find(Schema writer, Schema reader, String path) {
        if (writer.isUnion()) {
            return inBranches(writer, reader, path);
        }
        if (reader.isUnion()) {
            Schema branch = branchFor(writer, reader.getTypes());
            return branch == null ? null : find(writer, branch, path);
        }
        if (writer.getType() != reader.getType() && !isPromoted(writer.getType(), reader.getType())) {
            return null;
        }
        String meant = meaning(writer);
        String taken = meaning(reader);
        if (meant != null && taken != null && !meant.equals(taken)) {
            return path + " is " + meant + " in one and " + taken + " in the other";
        }
        if (writer.getType() != reader.getType()) {
            return null;
        }
        return switch (writer.getType()) {
            case ARRAY -> find(writer.getElementType(), reader.getElementType(), path + "[]");
            case MAP -> find(writer.getValueType(), reader.getValueType(), path + ".*");
            case RECORD -> inFields(writer, reader, path);
            default -> null;
        };
    }

    private boolean isNew(Schema writer, Schema reader) {
        return seen.computeIfAbsent(writer, first -> Collections.newSetFromMap(new IdentityHashMap<>()))
                .add(reader);
    }

    private @Nullable String inBranches(Schema union, Schema reader, String path) {
        for (Schema branch : union.getTypes()) {
            String found = find(branch, reader, path);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /**
     * Returns the branch of a union with which Avro reads a value: of the same type and name; a record of the same name
     * in another namespace, or of the same fields; otherwise the first to which the type can be promoted.
     */
    private static @Nullable Schema branchFor(Schema writer, List<Schema> branches) {
        Schema likely = null;
        for (Schema branch : branches) {
            if (branch.getFullName().equals(writer.getFullName())) {
                return branch;
            }
            boolean records = branch.getType() == Schema.Type.RECORD && writer.getType() == Schema.Type.RECORD;
            boolean named = records && branch.getName().equals(writer.getName());
            boolean fits = records && branch.getFields().stream().allMatch(field -> hasValue(field, writer));
            if (named || (likely == null && (fits || isPromoted(writer.getType(), branch.getType())))) {
                likely = branch;
            }
        }
        return likely;
    }

    private static boolean hasValue(Schema.Field field, Schema writer) {
        return field.hasDefaultValue() || writer.getField(field.name()) != null;
    }

    /** Returns whether a value of one type is read as another (specification, "Schema Resolution"). */
    private static boolean isPromoted(Schema.Type writer, Schema.Type reader) {
        return switch (writer) {
            case INT -> reader == Schema.Type.LONG || reader == Schema.Type.FLOAT || reader == Schema.Type.DOUBLE;
            case LONG -> reader == Schema.Type.FLOAT || reader == Schema.Type.DOUBLE;
            case FLOAT -> reader == Schema.Type.DOUBLE;
            case STRING -> reader == Schema.Type.BYTES;
            case BYTES -> reader == Schema.Type.STRING;
            default -> false;
        };
    }

    private @Nullable String inFields(Schema writer, Schema reader, String path) {
        // Independent of their names: Avro reads a record of another name by its fields.
        if (!isNew(writer, reader)) {
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
