// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import io.kurier.serializers.internal.ContentGuid;
import io.kurier.spi.PayloadSchema;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the schema of a frame: one that the deserializer has, if the frame names such a one, otherwise the one that a
 * source has under the id. Safe for use by any number of threads.
 */
final class ReadSchemas {
    private final String format;
    private final SchemaSources sources;
    private final List<PayloadSchema> known;

    /** The known schemas by the GUIDs that are computed, and by their texts; made when a frame first needs them. */
    private volatile @Nullable Compared compared;

    private record Compared(Map<UUID, PayloadSchema> byGuid, Map<String, PayloadSchema> byText) {}

    ReadSchemas(String format, SchemaSources sources, Collection<? extends PayloadSchema> known) {
        this.format = format;
        this.sources = sources;
        this.known = List.copyOf(known);
    }

    /**
     * Returns the schema of a number.
     *
     * @param message returns the full name of the message in the file, for Protobuf; null for none
     * @return null if there are no sources, so that the deserializer has to know the schema
     * @throws io.kurier.spi.NotReadyException if a server has to be asked first
     * @throws SerializationException if no source knows it; the message is the end of a sentence
     */
    @Nullable
    PayloadSchema byId(long id, Function<ProtoFile, @Nullable String> message) {
        return sources.isEmpty() ? null : ours(sources.byId(id), "the id " + id, message);
    }

    /** Returns the schema of a GUID, of which Confluent's are computed from the text; see {@link #byId}. */
    @Nullable
    PayloadSchema byGuid(UUID guid, Function<ProtoFile, @Nullable String> message) {
        PayloadSchema computed = compared().byGuid().get(guid);
        if (computed != null) {
            return computed;
        }
        return sources.isEmpty() ? null : ours(sources.byGuid(guid), "the GUID " + guid, message);
    }

    private @Nullable PayloadSchema ours(
            RegisteredSchema registered, String what, Function<ProtoFile, @Nullable String> message) {
        String text = registered.text();
        if (text == null) {
            return null;
        }
        try {
            if (format.equals(SchemaText.PROTOBUF)) {
                return message(new ProtoFile(Base64.getDecoder().decode(text)), text, what, message);
            }
            SchemaText read = SchemaText.of(format, text);
            PayloadSchema equal = compared().byText().get(read.equality());
            return equal == null ? PayloadSchema.of(format, read.fullName(), text) : equal;
        } catch (IllegalArgumentException e) {
            throw new SerializationException(
                    "it names the schema with " + what + ", which cannot be read: " + e.getMessage(), e);
        }
    }

    private PayloadSchema message(
            ProtoFile file, String text, String what, Function<ProtoFile, @Nullable String> message) {
        String name = message.apply(file);
        if (name == null) {
            throw new SerializationException("it names a message that the schema with " + what
                    + " does not have: there are " + file.size() + " at the top of that file");
        }
        return known.stream()
                .filter(each -> name.equals(each.fullName()))
                .findFirst()
                .orElseGet(() -> PayloadSchema.of(format, name, text));
    }

    /**
     * Returns the schema of a Protobuf message of which only the simple name is known: the deserializer's, if that is
     * the only one of the name; null if there are several, or the name is empty.
     */
    @Nullable
    PayloadSchema bySimpleName(String name) {
        if (name.isEmpty()) {
            return null;
        }
        List<PayloadSchema> named = known.stream()
                .filter(each -> ("." + each.fullName()).endsWith("." + name))
                .toList();
        return named.isEmpty() ? PayloadSchema.of(format, name, null) : named.size() == 1 ? named.get(0) : null;
    }

    /** Returns whether there are sources. */
    boolean hasSources() {
        return !sources.isEmpty();
    }

    List<PayloadSchema> known() {
        return known;
    }

    private Compared compared() {
        Compared made = compared;
        if (made == null) {
            made = new Compared(new HashMap<>(), new HashMap<>());
            for (PayloadSchema schema : known) {
                String text = schema.text();
                if (text == null || format.equals(SchemaText.PROTOBUF)) {
                    continue;
                }
                SchemaText read;
                try {
                    read = SchemaText.of(format, text);
                } catch (IllegalArgumentException e) {
                    // The format reads this text, and this module does not: it equals none that is registered.
                    continue;
                }
                made.byText().putIfAbsent(read.equality(), schema);
                if (read.registered() != null) {
                    made.byGuid().putIfAbsent(ContentGuid.of(read.registered()), schema);
                }
            }
            compared = made;
        }
        return made;
    }
}
