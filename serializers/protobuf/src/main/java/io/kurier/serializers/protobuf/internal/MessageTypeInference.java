// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf.internal;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Infers which message type of a file is meant, and returns none if that is ambiguous. */
public final class MessageTypeInference {
    private MessageTypeInference() {}

    /** See {@link DescriptorSet#obvious}. */
    public static Optional<Descriptor> among(List<Descriptor> candidates, String hint) {
        Set<Descriptor> parts = candidates.stream()
                .flatMap(candidate -> partsOf(candidate).filter(part -> part != candidate))
                .collect(Collectors.toSet());
        List<Descriptor> whole = candidates.stream()
                .filter(candidate -> !parts.contains(candidate))
                .toList();
        if (whole.size() == 1) {
            return Optional.of(whole.get(0));
        }
        List<Descriptor> left = whole.isEmpty() ? candidates : whole;
        return left.stream()
                .filter(candidate -> plain(candidate.getName()).equals(plain(hint)))
                .findFirst();
    }

    /**
     * Returns the message types of the fields of a message and of those that are declared in it, entries of maps
     * included.
     */
    private static Stream<Descriptor> partsOf(Descriptor message) {
        return Stream.concat(
                message.getFields().stream()
                        .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
                        .map(FieldDescriptor::getMessageType),
                message.getNestedTypes().stream().flatMap(MessageTypeInference::partsOf));
    }

    private static String plain(String name) {
        return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }
}
