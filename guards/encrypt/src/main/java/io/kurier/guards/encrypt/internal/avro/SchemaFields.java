// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt.internal.avro;

import io.kurier.serializers.internal.FieldPath;
import io.kurier.serializers.internal.FieldProblem;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Whether a field of a schema can be encrypted: whether it can hold an envelope in each record. */
final class SchemaFields {
    private SchemaFields() {}

    /** Returns why the field of a path cannot be encrypted; null if it can. */
    static @Nullable FieldProblem problem(FieldPath path, Schema schema) {
        return problem(path, schema, 0);
    }

    private static @Nullable FieldProblem problem(FieldPath path, Schema schema, int level) {
        return switch (schema.getType()) {
            case ARRAY -> problem(path, schema.getElementType(), level);
            case MAP -> problem(path, schema.getValueType(), level);
            case UNION -> ofUnion(path, schema, level);
            default -> level == path.length() ? ofLast(path, schema) : ofRecord(path, schema, level);
        };
    }

    private static @Nullable FieldProblem ofUnion(FieldPath path, Schema union, int level) {
        List<Schema> branches = union.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        if (branches.isEmpty() || (level == path.length() && branches.size() > 1)) {
            return other(path, branches.isEmpty() ? "always null" : "a union of several types");
        }
        FieldProblem worst = null;
        boolean isFound = false;
        for (Schema branch : branches) {
            FieldProblem problem = problem(path, branch, level);
            isFound |= problem == null;
            if (problem != null && (worst == null || (worst.isMissing() && !problem.isMissing()))) {
                worst = problem;
            }
        }
        // a record of another branch does not have the field
        return isFound && worst != null && worst.isMissing() ? null : worst;
    }

    private static @Nullable FieldProblem ofRecord(FieldPath path, Schema schema, int level) {
        if (schema.getType() != Schema.Type.RECORD) {
            return path.noFields(level, "of the type " + schema.getFullName());
        }
        Schema.Field field = schema.getField(path.name(level));
        return field == null
                ? path.missing(
                        level,
                        "the record " + schema.getFullName(),
                        schema.getFields().stream().map(Schema.Field::name).toList())
                : problem(path, field.schema(), level + 1);
    }

    private static @Nullable FieldProblem ofLast(FieldPath path, Schema schema) {
        if (schema.getType() == Schema.Type.RECORD) {
            return path.ofRecord(
                    "the record " + schema.getFullName(),
                    schema.getFields().stream().map(Schema.Field::name).toList());
        }
        if (schema.getType() != Schema.Type.STRING && schema.getType() != Schema.Type.BYTES) {
            return other(path, "of the type " + schema.getFullName());
        }
        // the class that Avro reads the type as would have to read an envelope
        String logical = schema.getProp("logicalType");
        String javaClass = schema.getProp("java-class");
        if (logical != null || javaClass != null) {
            return other(
                    path,
                    "of the type " + schema.getFullName() + " with the "
                            + (logical == null ? "class " + javaClass : "logical type " + logical));
        }
        return null;
    }

    private static FieldProblem other(FieldPath path, String kind) {
        return new FieldProblem(
                path,
                false,
                "it is " + kind + ", and only a plain string or bytes, or one of them and null, can hold an envelope");
    }
}
