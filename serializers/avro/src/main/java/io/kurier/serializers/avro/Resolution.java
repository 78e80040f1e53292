// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Resolver;
import org.apache.avro.Resolver.Action;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether records of one schema can be written under another one without loss. Avro writes a record by the
 * positions of its fields, so under another schema a field would silently get the value of another field. Avro's schema
 * resolution finds the fields by their names, but it also drops those that the other schema does not have, rounds
 * numbers and replaces symbols of enums; all of this is refused here.
 */
final class Resolution {
    private final Set<Action> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean needsResolving;

    private Resolution() {}

    /**
     * Returns why records cannot be written under a schema, or null if they can.
     *
     * @param own the schema of the records
     * @param declared the schema under which they would be written
     * @return the place and the rule: {@code $.due: the declared schema does not have this field, ...}
     */
    static @Nullable String problem(Schema own, Schema declared) {
        String found = new Resolution().find(Resolver.resolve(Schema.applyAliases(own, declared), declared), "$");
        if (found != null) {
            return found;
        }
        List<Incompatibility> others = SchemaCompatibility.checkReaderWriterCompatibility(declared, own)
                .getResult()
                .getIncompatibilities();
        return others.isEmpty()
                ? null
                : others.get(0).getLocation() + ": " + others.get(0).getType() + " ("
                        + others.get(0).getMessage() + ")";
    }

    /**
     * Returns whether a writer that finds fields by their names, as the one of plain classes does, can write values of
     * a schema under another one: each has the fields of the other, in any order and with any names of the records.
     */
    static boolean isByName(Schema own, Schema declared) {
        Resolution resolution = new Resolution();
        return resolution.find(Resolver.resolve(own, declared), "$") == null && !resolution.needsResolving;
    }

    private @Nullable String find(Action action, String path) {
        return switch (action.type) {
            case DO_NOTHING, SKIP -> null;
            case ERROR -> path + ": " + reason((Resolver.ErrorAction) action);
            case PROMOTE -> inPromotion(action, path);
            case CONTAINER ->
                find(
                        ((Resolver.Container) action).elementAction,
                        path + (action.reader.getType() == Schema.Type.MAP ? ".*" : "[]"));
            case ENUM -> inSymbols(action.writer, action.reader, path);
            case RECORD -> seen.add(action) ? inFields((Resolver.RecordAdjust) action, path) : null;
            case READER_UNION -> find(((Resolver.ReaderUnion) action).actualAction, path);
            case WRITER_UNION -> inBranches(((Resolver.WriterUnion) action).actions, path);
        };
    }

    private @Nullable String inBranches(Action[] branches, String path) {
        for (Action branch : branches) {
            String found = find(branch, path);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable String inFields(Resolver.RecordAdjust record, String path) {
        List<Schema.Field> fields = record.writer.getFields();
        for (int i = 0; i < fields.size(); i++) {
            String place = path + "." + fields.get(i).name();
            if (record.fieldActions[i] instanceof Resolver.Skip) {
                return place + ": the declared schema does not have this field, and its value would be dropped";
            }
            String found = find(record.fieldActions[i], place);
            if (found != null) {
                return found;
            }
        }
        needsResolving |= record.firstDefault < record.readerOrder.length;
        return null;
    }

    private @Nullable String inPromotion(Action action, String path) {
        Schema.Type from = action.writer.getType();
        Schema.Type to = action.reader.getType();
        boolean keeps = switch (from) {
            case INT -> to == Schema.Type.LONG || to == Schema.Type.DOUBLE;
            case FLOAT -> to == Schema.Type.DOUBLE;
            case STRING -> to == Schema.Type.BYTES;
            default -> false;
        };
        needsResolving |= from == Schema.Type.STRING;
        return keeps
                ? null
                : path + ": a " + from.getName() + " of the record would be written as " + to.getName()
                        + ", which cannot hold every value of it";
    }

    private static @Nullable String inSymbols(Schema own, Schema declared, String path) {
        List<String> missing = own.getEnumSymbols().stream()
                .filter(symbol -> !declared.hasEnumSymbol(symbol))
                .toList();
        return missing.isEmpty()
                ? null
                : path + ": the enum of the declared schema does not have the symbol " + missing.get(0);
    }

    private static String reason(Resolver.ErrorAction action) {
        return switch (action.error) {
            case MISSING_REQUIRED_FIELD ->
                "the declared schema has the field " + missing(action)
                        + " without a default, and the record does not have it";
            case NAMES_DONT_MATCH ->
                "the declared schema has " + action.reader.getFullName() + ", and the record "
                        + action.writer.getFullName();
            case SIZES_DONT_MATCH ->
                "the declared schema has " + action.reader.getFixedSize() + " bytes, and the record "
                        + action.writer.getFixedSize();
            case INCOMPATIBLE_SCHEMA_TYPES, NO_MATCHING_BRANCH ->
                "the declared schema has " + describe(action.reader) + ", and the record " + describe(action.writer);
        };
    }

    private static String missing(Resolver.ErrorAction action) {
        return action.reader.getFields().stream()
                .filter(field -> !field.hasDefaultValue() && action.writer.getField(field.name()) == null)
                .map(Schema.Field::name)
                .collect(Collectors.joining(", "));
    }

    private static String describe(Schema schema) {
        return schema.isUnion()
                ? schema.getTypes().stream().map(Schema::getFullName).collect(Collectors.joining(", ", "one of ", ""))
                : schema.getFullName();
    }
}
