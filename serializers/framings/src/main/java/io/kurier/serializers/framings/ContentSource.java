// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import io.kurier.serializers.internal.ContentGuid;
import io.kurier.spi.PayloadSchema;
import java.util.UUID;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Computes the GUID of a schema from its text, as Confluent's registry does. A GUID cannot be turned back: readers
 * compare it with the GUIDs of the schemas that they have. Immutable.
 */
final class ContentSource implements SchemaSource {
    private final String format;

    ContentSource(String format) {
        this.format = format;
    }

    @Override
    public @Nullable RegisteredSchema identify(String topic, PayloadSchema schema) {
        String text = schema.text();
        UUID guid = guid(schema);
        return guid == null ? null : new RegisteredSchema(format, null, guid, text);
    }

    /**
     * Returns the GUID of a schema; null if its text is not the one that a registry has.
     *
     * @throws SerializationException if the text is not a schema
     */
    static @Nullable UUID guid(PayloadSchema schema) {
        String text = schema.text();
        if (text == null || schema.format().equals(SchemaText.PROTOBUF)) {
            return null;
        }
        try {
            String registered = SchemaText.of(schema.format(), text).registered();
            return registered == null ? null : ContentGuid.of(registered);
        } catch (IllegalArgumentException e) {
            throw new SerializationException("the GUID of a schema cannot be computed: " + e.getMessage(), e);
        }
    }

    @Override
    public @Nullable RegisteredSchema findById(long id) {
        return null;
    }

    @Override
    public @Nullable RegisteredSchema findByGuid(UUID guid) {
        return null;
    }

    @Override
    public boolean hasIds() {
        return false;
    }

    @Override
    public boolean hasGuids() {
        return !format.equals(SchemaText.PROTOBUF);
    }

    @Override
    public String whyUnknown(PayloadSchema schema) {
        return hasGuids()
                ? "has only GUIDs, computed on the text of a schema"
                        + (schema.text() == null
                                ? ", and these values have none. Set the key schema of the serializer to a schema"
                                : "")
                : "computes GUIDs on the text of a .proto file, and records have only its descriptor. Add file or"
                        + " classpath to the sources, with the .proto file beside the descriptor set";
    }

    @Override
    public String toString() {
        return ContentPlugin.NAME;
    }
}
