// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import java.lang.reflect.Modifier;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/** Finds the message type of a class that {@code protoc} generated; once, before the first record. */
final class GeneratedType {
    private GeneratedType() {}

    /** Returns whether a class means messages of any type. */
    static boolean isOpen(Class<?> type) {
        return type.isAssignableFrom(Message.class)
                || type == DynamicMessage.class
                || (Message.class.isAssignableFrom(type) && Modifier.isAbstract(type.getModifiers()));
    }

    /**
     * Returns the empty message of a generated class.
     *
     * @throws ConfigException if it is not a generated class
     */
    static Message emptyMessage(Class<?> type) {
        return found(type)
                .orElseThrow(() -> new ConfigException("protobuf takes messages, and " + type.getTypeName()
                        + " is no class that protoc generated for one"
                        + (isLite(type)
                                ? " (it is one for MessageLite," + " without descriptor: generate it without lite)"
                                : "")
                        + ". Name such a class, or DynamicMessage with a descriptor"));
    }

    private static boolean isLite(Class<?> type) {
        return MessageLite.class.isAssignableFrom(type) && !Message.class.isAssignableFrom(type);
    }

    private static Optional<Message> found(Class<?> type) {
        if (!Message.class.isAssignableFrom(type) || isOpen(type)) {
            return Optional.empty();
        }
        try {
            Object empty = type.getMethod("getDefaultInstance").invoke(null);
            return empty instanceof Message message ? Optional.of(message) : Optional.empty();
        } catch (ReflectiveOperationException | NullPointerException e) {
            return Optional.empty();
        }
    }
}
