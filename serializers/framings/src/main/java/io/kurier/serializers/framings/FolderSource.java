// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import io.kurier.serializers.internal.IdsFile;
import io.kurier.spi.PayloadSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Schemas that were read from a folder at the start, so it is always ready. A record's schema is found by the text of
 * the whole schema, not by its name. Immutable.
 */
final class FolderSource implements SchemaSource {
    private final String name;
    private final String format;
    private final String location;
    private final List<SchemaFolder.Entry> ofFormat;

    private final Map<String, RegisteredSchema> byText = new HashMap<>();

    /** By what Java types do not change; null for a text that several schemas share. */
    private final Map<String, @Nullable RegisteredSchema> byPayload = new HashMap<>();

    private final Map<Long, RegisteredSchema> byId = new HashMap<>();
    private final Map<UUID, RegisteredSchema> byGuid = new HashMap<>();

    FolderSource(String name, String format, List<SchemaFolder.Entry> entries, String location) {
        this.name = name;
        this.format = format;
        this.location = location;
        List<SchemaFolder.Entry> own = new ArrayList<>();
        for (SchemaFolder.Entry entry : entries) {
            RegisteredSchema schema = entry.registered();
            if (schema.id() != null) {
                byId.put(schema.id(), schema);
            }
            if (schema.guid() != null) {
                byGuid.put(schema.guid(), schema);
            }
            if (schema.format().equals(format)) {
                own.add(entry);
                byText.put(entry.text().equality(), schema);
                boolean shared = byPayload.containsKey(entry.text().payload());
                byPayload.put(entry.text().payload(), shared ? null : schema);
            }
        }
        this.ofFormat = List.copyOf(own);
    }

    @Override
    public @Nullable RegisteredSchema identify(String topic, PayloadSchema schema) {
        String text = schema.text();
        if (text == null) {
            return null;
        }
        SchemaText own;
        try {
            own = SchemaText.of(format, text);
        } catch (IllegalArgumentException e) {
            throw new SerializationException(
                    "the schema " + SchemaSources.describe(schema) + " cannot be compared" + " with those of " + this
                            + ": " + e.getMessage(),
                    e);
        }
        RegisteredSchema equal = byText.get(own.equality());
        return equal == null ? byPayload.get(own.payload()) : equal;
    }

    @Override
    public @Nullable RegisteredSchema findById(long id) {
        return byId.get(id);
    }

    @Override
    public @Nullable RegisteredSchema findByGuid(UUID guid) {
        return byGuid.get(guid);
    }

    @Override
    public String whyUnknown(PayloadSchema schema) {
        String own = schema.fullName();
        if (schema.text() == null) {
            return "compares the texts of schemas, and these values have none. Set the key schema of the serializer to"
                    + " the JSON Schema";
        }
        RegisteredSchema known = identify("", schema);
        if (known != null) {
            return "has it without"
                    + (known.id() == null
                            ? " a number. Write the one that the registry has given it before the file's name"
                            : " a GUID, which is computed on the .proto file. Put that beside the descriptor set, as it"
                                    + " is registered, or write the GUID before the file's name")
                    + ", in " + IdsFile.NAME;
        }
        for (SchemaFolder.Entry entry : ofFormat) {
            if (own != null && entry.text().hasName(own)) {
                return "has " + own + " in " + entry.file() + ", which differs from the schema of the record. Add the"
                        + " record's schema, with the id that the registry has given it, to " + IdsFile.NAME;
            }
        }
        return "has no schema of that name for " + format + ". Add it, with the id that the registry has given it, to "
                + IdsFile.NAME;
    }

    @Override
    public String toString() {
        return name + " (" + location + ")";
    }
}
