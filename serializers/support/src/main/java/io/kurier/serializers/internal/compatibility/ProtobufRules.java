// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal.compatibility;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.Type;
import com.google.protobuf.Descriptors.OneofDescriptor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of Protobuf's binary format, by the section "Updating A Message Type" of the language guide. Some of them
 * protect the future too: a number that is removed and not reserved can be used again.
 */
final class ProtobufRules implements SchemaRules<Descriptor> {
    private static final Set<Type> WHOLE_NUMBERS = EnumSet.of(Type.INT32, Type.INT64, Type.UINT32, Type.UINT64);

    /** Each set has the types that read each other's bytes. */
    private static final List<Set<Type>> COMPATIBLE = List.of(
            with(WHOLE_NUMBERS, Type.BOOL),
            with(WHOLE_NUMBERS, Type.ENUM),
            EnumSet.of(Type.SINT32, Type.SINT64),
            EnumSet.of(Type.FIXED32, Type.SFIXED32),
            EnumSet.of(Type.FIXED64, Type.SFIXED64),
            EnumSet.of(Type.STRING, Type.BYTES),
            EnumSet.of(Type.BYTES, Type.MESSAGE));

    /** Of these a single value and several are compatible; numbers may be packed. */
    private static final Set<Type> ONE_OR_MORE = EnumSet.of(Type.STRING, Type.BYTES, Type.MESSAGE);

    private static Set<Type> with(Set<Type> types, Type another) {
        Set<Type> all = EnumSet.copyOf(types);
        all.add(another);
        return all;
    }

    @Override
    public List<Violation> compare(Descriptor earlier, Descriptor next, Direction direction) {
        Comparison comparison = new Comparison(direction);
        comparison.messages(next.getFullName(), earlier, next);
        return comparison.violations;
    }

    /** A pair of messages or enums, by their own identity. */
    private record Pair(Object earlier, Object next) {}

    /** One comparison in one direction. */
    private static final class Comparison {
        private final Direction direction;
        private final List<Violation> violations = new ArrayList<>();

        /** Messages can contain themselves. */
        private final Set<Pair> seen = new HashSet<>();

        private Comparison(Direction direction) {
            this.direction = direction;
        }

        private void add(String path, String rule, String explanation) {
            violations.add(new Violation(path, rule, explanation));
        }

        private void messages(String path, Descriptor earlier, Descriptor next) {
            if (!seen.add(new Pair(earlier, next))) {
                return;
            }
            earlier.getFields().forEach(before -> field(path + "." + before.getName(), before, next));
            next.getFields().stream()
                    .filter(after -> earlier.findFieldByNumber(after.getNumber()) == null)
                    .forEach(after -> added(path + "." + after.getName(), earlier, after));
            oneofs(path, direction.reader(earlier, next), direction.writer(earlier, next));
        }

        private void field(String path, FieldDescriptor before, Descriptor next) {
            FieldDescriptor renumbered = next.findFieldByName(before.getName());
            if (renumbered != null && renumbered.getNumber() != before.getNumber()) {
                add(
                        path,
                        "FIELD_RENUMBERED",
                        "its number was " + before.getNumber() + " and is " + renumbered.getNumber()
                                + "; a field is known by its number only");
                return;
            }
            FieldDescriptor after = next.findFieldByNumber(before.getNumber());
            if (after != null) {
                required(path, before, after);
                types(path, before, after);
                return;
            }
            if (!next.isReservedNumber(before.getNumber())) {
                add(
                        path,
                        "FIELD_REMOVED",
                        "its number " + before.getNumber() + " is not reserved: write reserved " + before.getNumber()
                                + "; so that no later field gets its values");
            }
            required(path, before, null);
        }

        private void required(String path, FieldDescriptor before, @Nullable FieldDescriptor after) {
            boolean now = after != null && after.isRequired();
            if (direction == Direction.BACKWARD && now && !before.isRequired()) {
                add(path, "REQUIRED_ADDED", "a reader refuses records without it, and it was not required before");
            }
            if (direction == Direction.FORWARD && before.isRequired() && !now) {
                add(path, "REQUIRED_REMOVED", "readers with the earlier version refuse records without it");
            }
        }

        private void added(String path, Descriptor earlier, FieldDescriptor after) {
            if (earlier.isReservedNumber(after.getNumber())) {
                add(path, "RESERVED_REUSED", "its number " + after.getNumber() + " was reserved");
            } else if (earlier.isReservedName(after.getName())) {
                add(path, "RESERVED_REUSED", "its name was reserved");
            }
            if (direction == Direction.BACKWARD
                    && after.isRequired()
                    && earlier.findFieldByName(after.getName()) == null) {
                add(path, "REQUIRED_ADDED", "a reader refuses records without it, and earlier ones do not have it");
            }
        }

        private void types(String path, FieldDescriptor before, FieldDescriptor after) {
            boolean same = before.getType() == after.getType();
            boolean compatible = same
                    || COMPATIBLE.stream()
                            .anyMatch(set -> set.contains(before.getType()) && set.contains(after.getType()));
            boolean count = before.isRepeated() == after.isRepeated()
                    || (ONE_OR_MORE.contains(before.getType()) && ONE_OR_MORE.contains(after.getType()));
            if (!compatible || !count) {
                add(
                        path,
                        "FIELD_RETYPED",
                        "the field " + before.getNumber() + " was " + type(before) + " and is " + type(after)
                                + ", which read each other's bytes wrongly or not at all");
            } else if (same && before.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                messages(path, before.getMessageType(), after.getMessageType());
            } else if (same && before.getType() == Type.ENUM) {
                enums(path, before.getEnumType(), after.getEnumType());
            }
        }

        private static String type(FieldDescriptor field) {
            String name = switch (field.getType()) {
                case MESSAGE, GROUP -> field.getMessageType().getFullName();
                case ENUM -> field.getEnumType().getFullName();
                default -> field.getType().name().toLowerCase(Locale.ROOT);
            };
            return field.isRepeated() ? "repeated " + name : name;
        }

        private void enums(String path, EnumDescriptor earlier, EnumDescriptor next) {
            if (!seen.add(new Pair(earlier, next))) {
                return;
            }
            for (EnumValueDescriptor before : earlier.getValues()) {
                EnumValueDescriptor renumbered = next.findValueByName(before.getName());
                int number = before.getNumber();
                if (renumbered != null && renumbered.getNumber() != number) {
                    add(
                            path,
                            "ENUM_VALUE_RENUMBERED",
                            before.getName() + " was " + number + " and is " + renumbered.getNumber());
                } else if (direction == Direction.BACKWARD
                        && next.findValueByNumber(number) == null
                        && !next.isReservedNumber(number)) {
                    add(
                            path,
                            "ENUM_VALUE_REMOVED",
                            before.getName() + " = " + number
                                    + " is in earlier records and no longer known, nor reserved");
                }
            }
            next.getValues().stream()
                    .filter(after -> earlier.isReservedNumber(after.getNumber()))
                    .forEach(after -> add(
                            path,
                            "RESERVED_REUSED",
                            "the number " + after.getNumber() + " of " + after.getName() + " was reserved"));
        }

        /** Of two fields that a writer can set both, a reader with them in one oneof keeps the last. */
        private void oneofs(String path, Descriptor reader, Descriptor writer) {
            for (OneofDescriptor oneof : reader.getRealOneofs()) {
                List<FieldDescriptor> written = oneof.getFields().stream()
                        .map(field -> writer.findFieldByNumber(field.getNumber()))
                        .filter(Objects::nonNull)
                        .toList();
                OneofDescriptor common =
                        written.isEmpty() ? null : written.get(0).getRealContainingOneof();
                boolean together = written.stream().allMatch(field -> field.getRealContainingOneof() == common);
                if (written.size() > 1 && (common == null || !together)) {
                    written.stream()
                            .filter(field -> field.getRealContainingOneof() == null
                                    || !field.getRealContainingOneof().getName().equals(oneof.getName()))
                            .forEach(field -> add(
                                    path + "." + field.getName(),
                                    direction.rule("FIELD_MOVED_INTO_ONEOF", "FIELD_MOVED_OUT_OF_ONEOF"),
                                    "a record can have it beside other fields of the oneof " + oneof.getName()
                                            + ", of which a reader keeps the last one only"));
                }
            }
        }
    }
}
