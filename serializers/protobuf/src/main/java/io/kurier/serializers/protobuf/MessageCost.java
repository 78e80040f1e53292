// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.ExtensionRegistry;
import io.kurier.serializers.internal.ReadLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Estimates how much memory messages take in a JVM with compressed references, on the safe side: a generated message
 * has a slot for each of its fields, a dynamic one a map of the fields that are set. In bytes. Immutable.
 */
final class MessageCost {
    /** An unknown field whose number differs from that of the field before it: an entry of a map, and five lists. */
    static final int UNKNOWN_FIELD = 280;

    /** A further value of the same number. */
    static final int UNKNOWN_VALUE = 44;

    static final int UNKNOWN_GROUP = 160;

    private static final int GENERATED = 48;
    private static final int SLOT = 8;
    private static final int DYNAMIC = 200;
    private static final int DYNAMIC_FIELD = 32;
    private static final int TEXT = 56;
    private static final int BOXED = 24;

    /** A number that an open enum does not have gets its own descriptor in a dynamic message. */
    private static final int UNKNOWN_ENUM_VALUE = 400;

    /** The depth of a type that contains itself. */
    private static final int ENDLESS = Integer.MAX_VALUE;

    private final Descriptor root;
    private final ExtensionRegistry extensions;
    private final boolean dynamic;
    private final int levels;
    private final long eachByte;

    /**
     * Calculates the cost of a message type and of those in it.
     *
     * @param extensions those that are read as such and not as unknown fields
     * @param dynamic whether they are read as dynamic messages
     */
    MessageCost(Descriptor root, ExtensionRegistry extensions, boolean dynamic) {
        this.root = root;
        this.extensions = extensions;
        this.dynamic = dynamic;
        Map<Descriptor, Integer> depths = new HashMap<>();
        this.levels = levels(root, depths);
        int largest = depths.keySet().stream().mapToInt(this::of).max().orElse(0);
        // A field takes at least two bytes. An enum's value may take one, in a packed field.
        this.eachByte = Math.max(largest / 2 + DYNAMIC_FIELD, UNKNOWN_ENUM_VALUE + DYNAMIC_FIELD);
    }

    /** Returns whether this is the cost of a message type in that form. */
    boolean isOf(Descriptor type, boolean asDynamic) {
        return root == type && dynamic == asDynamic;
    }

    /** Returns how many levels of messages there may be in one of the type. */
    private int levels(Descriptor type, Map<Descriptor, Integer> depths) {
        Integer known = depths.putIfAbsent(type, ENDLESS);
        if (known != null) {
            // Also if its calculation is not finished: then it contains itself.
            return known;
        }
        int deepest = 0;
        List<FieldDescriptor> fields = new ArrayList<>(type.getFields());
        extensions
                .getAllImmutableExtensionsByExtendedType(type.getFullName())
                .forEach(extension -> fields.add(extension.descriptor));
        for (FieldDescriptor field : fields) {
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                int below = levels(field.getMessageType(), depths);
                deepest = Math.max(deepest, below == ENDLESS ? ENDLESS : below + 1);
            }
        }
        depths.put(type, deepest);
        return deepest;
    }

    /** Returns whether a message of that length can take too much memory at all. */
    boolean mayTakeTooMuch(int length, ReadLimits limits) {
        return length * eachByte > limits.memory(length);
    }

    /** Returns whether a message of that length can be nested too deeply at all; a level takes two bytes. */
    boolean mayBeTooDeep(int length, ReadLimits limits) {
        return levels > limits.maxDepth() && length / 2 > limits.maxDepth();
    }

    /** Returns the cost of a message without the content of its fields. */
    int of(Descriptor type) {
        if (type.getOptions().getMapEntry()) {
            // An entry has its key and its value, also if they are not in the bytes.
            return dynamic ? DYNAMIC + 2 * DYNAMIC_FIELD + BOXED : GENERATED + 2 * BOXED;
        }
        return dynamic
                ? DYNAMIC + SLOT * type.getRealOneofs().size()
                : GENERATED + SLOT * type.getFields().size();
    }

    /** Returns the cost of a field in addition to the message or the characters in it. */
    int ofValue(FieldDescriptor field) {
        int own = switch (field.getJavaType()) {
            case STRING, BYTE_STRING -> TEXT;
            case MESSAGE, ENUM -> 0;
            default -> dynamic ? BOXED : 0;
        };
        return own + (dynamic ? DYNAMIC_FIELD : SLOT);
    }

    /** Returns the cost of each byte of a packed field; Java caches the objects of one-byte numbers. */
    int ofPackedByte() {
        return dynamic ? 2 * SLOT : SLOT;
    }

    /** Returns the cost of an enum's number in addition to its slot. */
    int ofEnum(FieldDescriptor field, long number) {
        if (field.getEnumType().findValueByNumber((int) number) != null) {
            return 0;
        }
        return dynamic && !field.legacyEnumFieldTreatedAsClosed() ? UNKNOWN_ENUM_VALUE : UNKNOWN_VALUE;
    }
}
