// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf.internal.guards;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.Message;
import io.kurier.serializers.internal.GuardedValues;
import io.kurier.serializers.protobuf.internal.DescriptorSet;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The message types that a guarded topic may hold. Immutable.
 *
 * @param empty an empty message of each type
 * @param unmarked the full name of the type of records that name none; null if each has to name it
 * @param extensions the known extensions; null for those that generated classes know
 */
public record GuardedTypes(
        List<Message> empty,
        @Nullable String unmarked,
        @Nullable ExtensionRegistry extensions) {
    /** The key of the descriptor set. */
    public static final String DESCRIPTOR = "descriptor";

    /** The key of the only message type. */
    public static final String MESSAGE = "message";

    private static final String TYPE_HEADER = "type.header";
    private static final String OF_SERIALIZER = "That of the serializer.";

    /** Copies the list. */
    public GuardedTypes {
        empty = List.copyOf(empty);
    }

    /** Adds the serializer's key for a topic with several types. */
    public static ConfigDef withTypeHeader(ConfigDef keys) {
        return keys.define(TYPE_HEADER, ConfigDef.Type.BOOLEAN, false, Importance.LOW, OF_SERIALIZER);
    }

    /** Adds all of the serializer's keys that say which types there are, for a guard that has none of its own. */
    public static ConfigDef withKeysOfSerializer(ConfigDef keys) {
        return withTypeHeader(keys.define(DESCRIPTOR, ConfigDef.Type.STRING, "", Importance.LOW, OF_SERIALIZER)
                .define(MESSAGE, ConfigDef.Type.STRING, "", Importance.LOW, OF_SERIALIZER));
    }

    /**
     * Returns the types: of the guard's own descriptor set, or the declared class, or the serializer's descriptor set.
     *
     * @param descriptorKey the full key of a descriptor set, for the error
     * @throws ConfigException if none of them is known, or they contradict each other
     */
    public static GuardedTypes of(GuardedValues values, AbstractConfig keys, String descriptorKey) {
        Optional<Message> declared = declared(values.type());
        String location = keys.getString(DESCRIPTOR).strip();
        String name = keys.getString(MESSAGE).strip();
        if (declared.isPresent()) {
            String ofClass = declared.get().getDescriptorForType().getFullName();
            if (!name.isEmpty() && !name.equals(ofClass)) {
                throw new ConfigException(
                        MESSAGE,
                        name,
                        "code declares " + values.type().getTypeName() + ", which is the message type " + ofClass
                                + ". Correct one of the two");
            }
            if (!values.isSet(DESCRIPTOR) || location.isEmpty()) {
                return new GuardedTypes(List.of(declared.get()), ofClass, null);
            }
            name = ofClass;
        }
        if (location.isEmpty()) {
            throw new ConfigException("the message type is not known: code declares "
                    + values.type().getTypeName() + ", and there is no descriptor set. Declare a class that protoc"
                    + " generated, or set " + descriptorKey);
        }
        return of(DescriptorSet.load(DESCRIPTOR, location), name, keys.getBoolean(TYPE_HEADER));
    }

    private static GuardedTypes of(DescriptorSet set, String name, boolean header) {
        if (header && name.isEmpty()) {
            return of(set, set.messages(), set.findObvious("").orElse(null));
        }
        Descriptor only = name.isEmpty() ? set.obvious("") : set.message(name);
        return of(set, List.of(only), only);
    }

    private static GuardedTypes of(DescriptorSet set, Collection<Descriptor> types, @Nullable Descriptor unmarked) {
        return new GuardedTypes(
                types.stream().<Message>map(DynamicMessage::getDefaultInstance).toList(),
                unmarked == null ? null : unmarked.getFullName(),
                set.extensions());
    }

    /** Returns the empty message of a generated class; empty for any other type. */
    private static Optional<Message> declared(Type type) {
        if (!(type instanceof Class<?> raw) || !Message.class.isAssignableFrom(raw)) {
            return Optional.empty();
        }
        try {
            return Optional.of((Message) raw.getMethod("getDefaultInstance").invoke(null));
        } catch (ReflectiveOperationException e) {
            return Optional.empty(); // Message itself, DynamicMessage: any type
        }
    }

    /** Returns the descriptors of the types. */
    public List<Descriptor> descriptors() {
        return empty.stream().map(Message::getDescriptorForType).toList();
    }
}
