// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.Message;
import io.kurier.serializers.protobuf.internal.DescriptorSet;
import io.kurier.serializers.protobuf.internal.Extensions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The message types that a topic may hold. Immutable.
 *
 * @param byName an empty message of each type, by full name
 * @param unmarked the full name of the type of records without a type header; null if only the header names the type
 * @param extensions the known extensions
 */
record MessageTypes(Map<String, Message> byName, @Nullable String unmarked, ExtensionRegistry extensions) {

    /**
     * Returns one or more types; if there is one, records need no header. Extensions are known if all messages are
     * dynamic: those of the files of the types and of the files that these import. Generated messages have extensions
     * as generated classes, which only their own registry can create.
     */
    static MessageTypes of(Collection<? extends Message> emptyMessages) {
        Map<String, Message> byName = new LinkedHashMap<>();
        for (Message message : emptyMessages) {
            Message empty = message.getDefaultInstanceForType();
            byName.put(empty.getDescriptorForType().getFullName(), empty);
        }
        if (byName.isEmpty()) {
            throw new ConfigException("protobuf needs a message type to read");
        }
        String unmarked = byName.size() == 1 ? byName.keySet().iterator().next() : null;
        boolean dynamic = byName.values().stream().allMatch(DynamicMessage.class::isInstance);
        ExtensionRegistry extensions = dynamic
                ? Extensions.beside(byName.values().stream()
                        .map(Message::getDescriptorForType)
                        .toList())
                : ExtensionRegistry.getEmptyRegistry();
        return new MessageTypes(byName, unmarked, extensions);
    }

    /** Returns the same types with other extensions. */
    MessageTypes with(ExtensionRegistry others) {
        return new MessageTypes(byName, unmarked, others.getUnmodifiable());
    }

    /**
     * Returns the types of a descriptor set.
     *
     * @param message the full name of the only type; if empty, all types of the set, of which records without a header
     *     have the obvious one
     */
    static MessageTypes of(DescriptorSet set, Optional<String> message) {
        if (message.isPresent()) {
            Message empty = DynamicMessage.getDefaultInstance(set.message(message.get()));
            return new MessageTypes(Map.of(message.get(), empty), message.get(), set.extensions());
        }
        Map<String, Message> byName = new LinkedHashMap<>();
        for (Descriptor type : set.messages()) {
            byName.put(type.getFullName(), DynamicMessage.getDefaultInstance(type));
        }
        String obvious = set.findObvious("").map(Descriptor::getFullName).orElse(null);
        return new MessageTypes(byName, obvious, set.extensions());
    }

    Set<String> names() {
        return byName.keySet();
    }

    /** Returns the types of a topic without type headers. */
    Set<String> unmarkedNames() {
        return unmarked == null ? Set.of() : Set.of(unmarked);
    }

    /** Returns the types of some names. */
    List<Descriptor> descriptors(Set<String> some) {
        return byName.values().stream()
                .map(Message::getDescriptorForType)
                .filter(type -> some.contains(type.getFullName()))
                .toList();
    }

    /** Returns the types as text for an error. */
    static String list(Set<String> names) {
        return String.join(", ", names);
    }
}
