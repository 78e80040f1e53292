// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import io.kurier.serializers.registry.internal.Declarations.EnumType;
import io.kurier.serializers.registry.internal.Declarations.Field;
import io.kurier.serializers.registry.internal.Declarations.Message;
import io.kurier.serializers.registry.internal.Declarations.Oneof;
import io.kurier.serializers.registry.internal.Declarations.Range;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The declarations of a message, or at the top of a file, while they are read. */
final class MessageBody {
    final String name;
    final List<Field> fields = new ArrayList<>();
    final List<Message> messages = new ArrayList<>();
    final List<EnumType> enums = new ArrayList<>();
    final List<Range> extensionRanges = new ArrayList<>();
    final List<Field> extensions = new ArrayList<>();
    final List<Oneof> oneofs = new ArrayList<>();
    final List<Range> reserved = new ArrayList<>();
    final List<String> reservedNames = new ArrayList<>();
    final Map<String, String> options = new TreeMap<>();

    MessageBody(String name) {
        this.name = name;
    }

    /**
     * Returns the message, with a oneof for each {@code optional} field of proto3, as protoc adds them (see
     * docs/implementing_proto3_presence.md of Protobuf).
     */
    Message message(int visibility) {
        Set<String> names = new HashSet<>();
        fields.forEach(field -> names.add(field.name()));
        oneofs.forEach(oneof -> names.add(oneof.name()));
        List<Field> finished = new ArrayList<>();
        for (Field field : fields) {
            finished.add(field.presence() ? field.withOneof(addOneof(field.name(), names)) : field);
        }
        boolean isMessageSet = "true".equals(options.get(ProtoOptions.MESSAGE_SET));
        return new Message(
                name,
                List.copyOf(finished),
                List.copyOf(messages),
                List.copyOf(enums),
                extensionRanges.stream()
                        .map(range -> afterLast(range, isMessageSet))
                        .toList(),
                List.copyOf(extensions),
                List.copyOf(oneofs),
                reserved.stream().map(range -> afterLast(range, isMessageSet)).toList(),
                List.copyOf(reservedNames),
                options,
                visibility);
    }

    /** A message set has numbers up to the largest int. */
    private static Range afterLast(Range range, boolean isMessageSet) {
        int last = range.to();
        if (isMessageSet) {
            return new Range(range.from(), last >= Declarations.FIELDS_END - 1 ? Integer.MAX_VALUE : last + 1);
        }
        return new Range(range.from(), last == Integer.MAX_VALUE ? last : last + 1);
    }

    private int addOneof(String field, Set<String> names) {
        String oneof = field.startsWith("_") ? field : "_" + field;
        while (!names.add(oneof)) {
            oneof = "X" + oneof;
        }
        oneofs.add(new Oneof(oneof, Map.of()));
        return oneofs.size() - 1;
    }
}
