// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.serializers.internal.FieldPath;
import io.kurier.serializers.internal.FieldProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The steps to one field in values of one schema: what is skipped before it, and how it is read. A logical type counts
 * as the type that it is written as. Immutable.
 */
final class FieldSteps {
    private final FieldPath path;
    private final Step first;

    /** Whether some value of the schema can have the field. */
    private boolean reaches;

    /** Null if every branch of every union leads to the field, or is null. */
    private @Nullable FieldProblem problem;

    /** Reads one value. */
    @FunctionalInterface
    private interface Step {
        byte @Nullable [] read(SchemaCursor in) throws IOException;
    }

    /** Creates the steps in a schema; see {@link #problem} for a field that it does not have. */
    FieldSteps(FieldPath path, Schema schema) {
        this.path = path;
        this.first = step(schema, 0);
    }

    /** Returns why no value of the schema can have the field; null if one can. */
    @Nullable
    FieldProblem problem() {
        return reaches ? null : problem;
    }

    /**
     * Returns the bytes of the field; null if it is missing or null.
     *
     * @throws IOException if the bytes are no value of the schema
     * @throws org.apache.kafka.common.errors.SerializationException if the value has a field of another kind in its
     *     place
     * @throws io.kurier.serializers.internal.LimitExceededException if it is nested too deeply
     */
    byte @Nullable [] read(SchemaCursor in) throws IOException {
        return first.read(in);
    }

    /**
     * Returns the step at a schema.
     *
     * @param level the number of names that lead to it
     */
    private Step step(Schema schema, int level) {
        if (schema.isUnion()) {
            List<Step> branches = new ArrayList<>();
            schema.getTypes().forEach(branch -> branches.add(step(branch, level)));
            return in -> branches.get(in.branch(branches)).read(in);
        }
        if (schema.getType() == Schema.Type.NULL) {
            note(path.otherKind("always null"));
            return in -> null;
        }
        if (level == path.length()) {
            return last(schema);
        }
        return schema.getType() == Schema.Type.RECORD
                ? within(schema, level)
                : refused(path.noFields(level, kind(schema)));
    }

    private Step within(Schema record, int level) {
        Schema.Field field = record.getField(path.name(level));
        if (field == null) {
            return refused(path.missing(level, "the record " + record.getFullName(), names(record)));
        }
        List<Schema> before = record.getFields().subList(0, field.pos()).stream()
                .map(Schema.Field::schema)
                .toList();
        Step inner = step(field.schema(), level + 1);
        return in -> {
            for (Schema each : before) {
                in.skip(each);
            }
            return inner.read(in);
        };
    }

    private Step last(Schema schema) {
        Step step = switch (schema.getType()) {
            case STRING, BYTES -> SchemaCursor::bytes;
            case FIXED -> in -> in.fixed(schema.getFixedSize());
            case INT, LONG -> in -> Long.toString(in.whole()).getBytes(UTF_8);
            case BOOLEAN -> in -> Boolean.toString(in.isTrue()).getBytes(UTF_8);
            case ENUM -> {
                List<byte[]> symbols = schema.getEnumSymbols().stream()
                        .map(symbol -> symbol.getBytes(UTF_8))
                        .toList();
                yield in -> symbols.get(in.branch(symbols)).clone();
            }
            case RECORD -> refused(path.ofRecord("the record " + schema.getFullName(), names(schema)));
            default -> refused(path.otherKind(kind(schema)));
        };
        reaches |= switch (schema.getType()) {
            case STRING, BYTES, FIXED, INT, LONG, BOOLEAN, ENUM -> true;
            default -> false;
        };
        return step;
    }

    private Step refused(FieldProblem why) {
        note(why);
        return in -> {
            if (why.isMissing()) {
                return null;
            }
            throw why.ofRecord();
        };
    }

    /** The first problem that is not a null branch describes the field best. */
    private void note(FieldProblem why) {
        if (problem == null
                || problem.reason().equals(path.otherKind("always null").reason())) {
            problem = why;
        }
    }

    private static List<String> names(Schema record) {
        return record.getFields().stream().map(Schema.Field::name).toList();
    }

    private static String kind(Schema schema) {
        return switch (schema.getType()) {
            case ARRAY -> "a list";
            case MAP -> "a map";
            case FLOAT, DOUBLE -> "a " + schema.getName() + ", which can have a fraction";
            default -> "of the type " + schema.getFullName();
        };
    }
}
