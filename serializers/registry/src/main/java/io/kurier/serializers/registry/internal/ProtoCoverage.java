// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import io.kurier.serializers.registry.internal.Declarations.Field;
import io.kurier.serializers.registry.internal.Declarations.File;
import io.kurier.serializers.registry.internal.Declarations.Message;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether what is written as a message of one file can be read as that of another file, which may have more fields. */
final class ProtoCoverage {
    private final Map<String, Message> written;
    private final Map<String, Message> registered;
    private final Set<String> seen = new HashSet<>();

    ProtoCoverage(File written, File registered) {
        this.written = byName(written);
        this.registered = byName(registered);
    }

    private static Map<String, Message> byName(File file) {
        Map<String, Message> found = new HashMap<>();
        add(file.pack().isEmpty() ? "." : "." + file.pack() + ".", file.messages(), found);
        return found;
    }

    private static void add(String prefix, List<Message> messages, Map<String, Message> found) {
        for (Message message : messages) {
            found.put(prefix + message.name(), message);
            add(prefix + message.name() + ".", message.messages(), found);
        }
    }

    /**
     * Returns whether the other file has the message and those within it, each with all the fields.
     *
     * @param name the full name with a dot before it; an imported message is not followed
     */
    boolean has(String name) {
        Message own = written.get(name);
        if (own == null || !seen.add(name)) {
            return true;
        }
        Message other = registered.get(name);
        return other != null && own.fields().stream().allMatch(field -> has(own, field, other));
    }

    private boolean has(Message own, Field field, Message other) {
        return other.fields().stream()
                .anyMatch(each -> each.number() == field.number()
                        && each.label() == field.label()
                        && ProtoComparison.isSameType(each, field)
                        && ProtoComparison.isSameName(each.typeName(), field.typeName())
                        && isSameChoice(ProtoComparison.oneof(own, field), ProtoComparison.oneof(other, each))
                        && has(field.typeName()));
    }

    /** A reader keeps only one field of a oneof, and a writer may have set several that are in none. */
    private static boolean isSameChoice(String own, String other) {
        return other.isEmpty() || other.equals(own);
    }
}
