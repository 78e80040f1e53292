// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import io.kurier.spi.PayloadSchema;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * The schema sources of one framing, which are asked in the order in which they are configured. Safe for use by any
 * number of threads.
 */
final class SchemaSources implements AutoCloseable {
    private final String framing;
    private final String format;
    private final List<String> names;
    private final List<SchemaSource> sources;

    /** What a framing writes. */
    enum Identity {
        ID("a number", SchemaSource::hasIds, schema -> schema.id() != null),
        GUID("a GUID", SchemaSource::hasGuids, schema -> schema.guid() != null);

        private final String text;
        private final Predicate<SchemaSource> offered;
        private final Predicate<RegisteredSchema> present;

        Identity(String text, Predicate<SchemaSource> offered, Predicate<RegisteredSchema> present) {
            this.text = text;
            this.offered = offered;
            this.present = present;
        }
    }

    SchemaSources(String framing, String format, List<String> names, List<SchemaSource> sources) {
        this.framing = framing;
        this.format = format;
        this.names = names;
        this.sources = sources;
    }

    boolean isEmpty() {
        return sources.isEmpty();
    }

    /**
     * Checks that a source can name the schemas that are written.
     *
     * @throws ConfigException if there is none, or none has identities of that kind
     */
    void checkWriting(Identity needed) {
        String key = "framing." + framing + "." + SourceCatalog.SCHEMAS;
        if (sources.isEmpty()) {
            throw new ConfigException("The framing " + framing + " writes " + needed.text + " for each schema, and "
                    + key + " names no source that knows it. Set it to file or classpath, with the ids of a registry"
                    + " in ids.properties"
                    + (needed == Identity.GUID && !isProtobuf() ? ", or to content, which computes GUIDs" : ""));
        }
        if (sources.stream().noneMatch(needed.offered)) {
            throw new ConfigException(
                    key,
                    String.join(",", names),
                    "the framing " + framing + " writes " + needed.text
                            + " for each schema, which no source of these knows for " + format + ". "
                            + (needed == Identity.ID
                                    ? "Add file or classpath, with the numbers of a registry, or choose the framing"
                                            + " confluent-header, which writes GUIDs"
                                    : "A GUID is computed on the text of the .proto file, and records have only its"
                                            + " descriptor: add file or classpath, with the .proto file beside the"
                                            + " descriptor set"));
        }
    }

    private boolean isProtobuf() {
        return format.equals(SchemaText.PROTOBUF);
    }

    /**
     * Returns the first identity that a source has for a schema.
     *
     * @throws io.kurier.spi.NotReadyException if a server has to be asked first
     * @throws SerializationException if no source knows it, or one has given the identity of another schema
     */
    RegisteredSchema identify(String topic, PayloadSchema schema, Identity needed) {
        for (SchemaSource source : sources) {
            RegisteredSchema registered = source.identify(topic, schema);
            if (registered != null && needed.present.test(registered)) {
                checkSamePayload(source, schema, registered);
                return registered;
            }
        }
        throw new SerializationException("the framing " + framing + " has no "
                + (needed == Identity.ID ? "number" : "GUID") + " for the schema " + describe(schema)
                + " of the topic " + topic + ": "
                + String.join(
                        "; ", sources.stream().map(each -> why(each, schema)).toList()));
    }

    private static String why(SchemaSource source, PayloadSchema schema) {
        return source + " " + source.whyUnknown(schema);
    }

    static String describe(PayloadSchema schema) {
        String name = schema.fullName();
        return name == null ? "(without a name)" : name;
    }

    /** Avro writes fields by their positions, so a reader with another schema would take wrong values without an error. */
    private void checkSamePayload(SchemaSource source, PayloadSchema schema, RegisteredSchema registered) {
        String text = registered.text();
        String own = schema.text();
        if (!format.equals(SchemaText.AVRO) || text == null || own == null || text.equals(own)) {
            return;
        }
        if (!Objects.equals(read(source, text).parsing(), read(source, own).parsing())) {
            throw new SerializationException("the framing " + framing + " cannot write the schema " + describe(schema)
                    + " as " + name(registered)
                    + " of " + source + ", which has other fields. Register the schema, or write with the"
                    + " registered one");
        }
    }

    private SchemaText read(SchemaSource source, String text) {
        try {
            return SchemaText.of(format, text);
        } catch (IllegalArgumentException e) {
            throw new SerializationException("a schema of " + source + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String name(RegisteredSchema registered) {
        return registered.id() == null ? "the GUID " + registered.guid() : "the id " + registered.id();
    }

    /** Returns the schema that a number denotes; see {@link #found}. */
    RegisteredSchema byId(long id) {
        return found("the id " + id, source -> source.findById(id));
    }

    /** Returns the schema that a GUID denotes; see {@link #found}. */
    RegisteredSchema byGuid(UUID guid) {
        return found("the GUID " + guid, source -> source.findByGuid(guid));
    }

    /**
     * Returns what the first source finds.
     *
     * @throws io.kurier.spi.NotReadyException if a server has to be asked first
     * @throws SerializationException if no source finds it, or it is a schema of another format; the message is the end
     *     of a sentence
     */
    private RegisteredSchema found(String what, Function<SchemaSource, @Nullable RegisteredSchema> find) {
        for (SchemaSource source : sources) {
            RegisteredSchema registered = find.apply(source);
            if (registered == null) {
                continue;
            }
            if (!registered.format().equals(format)) {
                throw new SerializationException("it names the schema with " + what + ", which is one of "
                        + registered.format() + " in " + source + ", and " + format + " is read here");
            }
            return registered;
        }
        throw new SerializationException("it names the schema with " + what + ", which is not known to "
                + String.join(
                        ", nor to ", sources.stream().map(Object::toString).toList())
                + ". Add the schema there");
    }

    @Override
    public void close() {
        sources.forEach(SchemaSource::close);
    }
}
