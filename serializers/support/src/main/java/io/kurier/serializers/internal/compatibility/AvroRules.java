// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal.compatibility;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** The rules of Avro's checker, with the paths of fields in place of the positions in the schema. */
final class AvroRules implements SchemaRules<String> {

    @Override
    public List<Violation> compare(String earlier, String next, Direction direction) {
        Schema before = parse("an earlier schema", earlier);
        Schema after = parse("the new schema", next);
        Schema reader = direction.reader(before, after);
        Schema writer = Schema.applyAliases(direction.writer(before, after), reader);
        List<Violation> violations = new ArrayList<>();
        for (Incompatibility each : org.apache.avro.SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()) {
            violations.add(new Violation(
                    path(reader, each.getLocation()), each.getType().name(), explain(each)));
        }
        return violations;
    }

    private static Schema parse(String which, String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (AvroRuntimeException e) {
            throw new IllegalArgumentException(which + " is not a valid Avro schema: " + e.getMessage(), e);
        }
    }

    private static String explain(Incompatibility found) {
        String message = found.getMessage();
        return switch (found.getType()) {
            case NAME_MISMATCH -> "the names differ and no alias of the reader names the other (" + message + ")";
            case FIXED_SIZE_MISMATCH -> "the sizes differ (" + message + ")";
            case MISSING_ENUM_SYMBOLS -> "the reader lacks symbols that the writer has, and has no default: " + message;
            case READER_FIELD_MISSING_DEFAULT_VALUE ->
                "the writer does not have the field " + message + ", and the reader has no default for it";
            case TYPE_MISMATCH -> message;
            case MISSING_UNION_BRANCH -> message;
        };
    }

    /**
     * Returns the names of the fields on the way to a location.
     *
     * @param location a JSON pointer into the reader's schema, such as {@code /fields/0/type/items/fields/1}
     */
    private static String path(Schema reader, String location) {
        StringBuilder path =
                new StringBuilder(reader.getType() == Schema.Type.RECORD ? reader.getFullName() : "the schema");
        Schema at = reader;
        String[] steps = location.split("/", -1);
        for (int i = 1; i < steps.length; i++) {
            switch (steps[i]) {
                case "fields" -> {
                    if (at.getType() != Schema.Type.RECORD || ++i == steps.length) {
                        return path.toString();
                    }
                    Schema.Field field = at.getFields().get(Integer.parseInt(steps[i]));
                    path.append('.').append(field.name());
                    at = field.schema();
                }
                case "items" -> {
                    path.append("[]");
                    at = at.getElementType();
                }
                case "values" -> {
                    path.append("{}");
                    at = at.getValueType();
                }
                default -> at = branch(at, steps[i]);
            }
        }
        return path.toString();
    }

    /** A number is a branch of a union; other steps, such as {@code type} and {@code symbols}, change no schema. */
    private static Schema branch(Schema at, String step) {
        boolean number = !step.isEmpty() && step.chars().allMatch(Character::isDigit);
        return number
                        && at.getType() == Schema.Type.UNION
                        && Integer.parseInt(step) < at.getTypes().size()
                ? at.getTypes().get(Integer.parseInt(step))
                : at;
    }
}
