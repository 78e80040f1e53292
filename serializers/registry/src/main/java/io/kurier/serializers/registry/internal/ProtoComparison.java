// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import io.kurier.serializers.registry.internal.Declarations.EnumType;
import io.kurier.serializers.registry.internal.Declarations.Field;
import io.kurier.serializers.registry.internal.Declarations.File;
import io.kurier.serializers.registry.internal.Declarations.Message;
import io.kurier.serializers.registry.internal.Declarations.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether two files declare the same messages, enums and extensions. */
final class ProtoComparison {
    private ProtoComparison() {}

    static boolean isSame(File one, File other) {
        return one.pack().equals(other.pack())
                && one.syntax().equals(other.syntax())
                && isSameMessages(one.messages(), other.messages())
                && isSameEnums(one.enums(), other.enums())
                && isSameExtensions(one.extensions(), other.extensions());
    }

    private static boolean isSameMessages(List<Message> some, List<Message> others) {
        Map<String, Message> left = new HashMap<>();
        others.forEach(message -> left.put(message.name(), message));
        for (Message message : some) {
            Message other = left.remove(message.name());
            if (other == null || !isSame(message, other)) {
                return false;
            }
        }
        return left.isEmpty();
    }

    private static boolean isSame(Message one, Message other) {
        if (one.isMapEntry() != other.isMapEntry()
                || one.fields().size() != other.fields().size()) {
            return false;
        }
        Map<Integer, Field> left = new HashMap<>();
        other.fields().forEach(field -> left.put(field.number(), field));
        for (Field field : one.fields()) {
            Field same = left.remove(field.number());
            if (same == null
                    || !isSame(field, same)
                    || field.presence() != same.presence()
                    || !oneof(one, field).equals(oneof(other, same))) {
                return false;
            }
        }
        return isSameMessages(one.messages(), other.messages())
                && isSameEnums(one.enums(), other.enums())
                && isSameExtensions(one.extensions(), other.extensions());
    }

    /** The oneof of a field that is {@code optional} in proto3 has no meaning of its own. */
    static String oneof(Message message, Field field) {
        return field.presence()
                        || field.oneof() < 0
                        || field.oneof() >= message.oneofs().size()
                ? ""
                : message.oneofs().get(field.oneof()).name();
    }

    private static boolean isSame(Field one, Field other) {
        return one.name().equals(other.name())
                && one.number() == other.number()
                && one.label() == other.label()
                && isSameType(one, other)
                && isSameName(one.typeName(), other.typeName())
                && isSameName(one.extendee(), other.extendee());
    }

    static boolean isSameType(Field one, Field other) {
        return one.type() == other.type() || mayBe(one, other.type()) || mayBe(other, one.type());
    }

    private static boolean mayBe(Field field, int type) {
        return field.type() == Declarations.UNRESOLVED && (type == Declarations.MESSAGE || type == Declarations.ENUM);
    }

    /** A name that is not resolved may leave out the packages around it. */
    static boolean isSameName(String one, String other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.equals(other);
        }
        String oneName = withDot(one);
        String otherName = withDot(other);
        return oneName.equals(otherName)
                || (!one.startsWith(".") && otherName.endsWith(oneName))
                || (!other.startsWith(".") && oneName.endsWith(otherName));
    }

    private static String withDot(String name) {
        return name.startsWith(".") ? name : "." + name;
    }

    private static boolean isSameEnums(List<EnumType> some, List<EnumType> others) {
        return byName(some).equals(byName(others));
    }

    private static Map<String, Set<String>> byName(List<EnumType> enums) {
        Map<String, Set<String>> found = new TreeMap<>();
        for (EnumType each : enums) {
            found.put(
                    each.name(),
                    each.values().stream().map(ProtoComparison::text).collect(Collectors.toSet()));
        }
        return found;
    }

    private static String text(Value value) {
        return value.name() + " = " + value.number();
    }

    private static boolean isSameExtensions(List<Field> some, List<Field> others) {
        Map<String, Field> left = new HashMap<>();
        others.forEach(field -> left.put(field.name(), field));
        for (Field field : some) {
            Field other = left.remove(field.name());
            if (other == null || !isSame(field, other)) {
                return false;
            }
        }
        return left.isEmpty();
    }
}
