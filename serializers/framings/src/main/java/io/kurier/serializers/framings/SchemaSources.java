// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import io.kurier.spi.NotReadyException;
import io.kurier.spi.PayloadSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schema sources of one framing, which are asked in the order in which they are configured. Safe for use by any
 * number of threads.
 */
final class SchemaSources implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaSources.class);

    private final String framing;
    private final String format;
    private final List<String> names;
    private final List<SchemaSource> sources;

    /** The sources of which a warning has said that they do not answer. */
    private final Set<SchemaSource> warned = ConcurrentHashMap.newKeySet();

    /** What a framing writes. */
    enum Identity {
        ID(
                "a number",
                SchemaSource::hasIds,
                schema -> schema.id() != null,
                schema -> new RegisteredSchema(schema.format(), schema.id(), null, schema.text())),
        GUID(
                "a GUID",
                SchemaSource::hasGuids,
                schema -> schema.guid() != null,
                schema -> new RegisteredSchema(schema.format(), null, schema.guid(), schema.text()));

        private final String text;
        private final Predicate<SchemaSource> offered;
        private final Predicate<RegisteredSchema> present;
        private final UnaryOperator<RegisteredSchema> only;

        Identity(
                String text,
                Predicate<SchemaSource> offered,
                Predicate<RegisteredSchema> present,
                UnaryOperator<RegisteredSchema> only) {
            this.text = text;
            this.offered = offered;
            this.present = present;
            this.only = only;
        }
    }

    /**
     * What is written for a schema.
     *
     * @param schema has the identity
     * @param confirmation is checked before each record
     */
    record Identified(RegisteredSchema schema, Confirmation confirmation) {}

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
     * Returns the first identity that a source has for a schema. A source whose server does not answer is passed over;
     * it and those after the one that knows the schema compare the identity later.
     *
     * @throws NotReadyException if a server has to be asked first, or does not answer, and no other source knows the
     *     schema
     * @throws SerializationException if no source knows it, or one has given the identity of another schema
     */
    Identified identify(String topic, PayloadSchema schema, Identity needed) {
        Map<SchemaSource, RetriableException> silent = new LinkedHashMap<>();
        for (int i = 0; i < sources.size(); i++) {
            SchemaSource source = sources.get(i);
            RegisteredSchema registered;
            try {
                registered = source.identify(topic, schema);
            } catch (RetriableException e) {
                silent.put(source, e);
                continue;
            }
            if (registered != null && needed.present.test(registered)) {
                checkSamePayload(source, schema, registered);
                Confirmation confirmation =
                        new Confirmation(framing, topic, schema, source, needed.only.apply(registered));
                silent.forEach((each, failure) -> warnOnce(each, source, failure));
                List<SchemaSource> others = new ArrayList<>(silent.keySet());
                others.addAll(sources.subList(i + 1, sources.size()));
                confirmation.begin(others);
                return new Identified(registered, confirmation);
            }
        }
        String what = (needed == Identity.ID ? "number" : "GUID") + " for the schema " + describe(schema)
                + " of the topic " + topic;
        String why = String.join(
                "; ",
                sources.stream()
                        .map(each -> silent.containsKey(each)
                                ? String.valueOf(silent.get(each).getMessage())
                                : each + " " + each.whyUnknown(schema))
                        .toList());
        if (!silent.isEmpty()) {
            throw notReady("a " + what + ": " + why, silent.values());
        }
        throw new SerializationException("the framing " + framing + " has no " + what + ": " + why);
    }

    /** The stage has failed already, and a caller that waits tries again after a pause, as long as it may wait. */
    private static NotReadyException notReady(String awaited, Collection<RetriableException> failures) {
        RetriableException first = failures.iterator().next();
        return new NotReadyException(awaited, CompletableFuture.failedFuture(new TimeoutException(awaited, first)));
    }

    private void warnOnce(SchemaSource silent, SchemaSource used, RetriableException failure) {
        if (warned.add(silent)) {
            LOG.warn(
                    "The framing {} uses the ids of {}, and compares them as soon as {} answers: {}",
                    framing,
                    used,
                    silent,
                    failure.getMessage());
        }
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

    static String name(RegisteredSchema registered) {
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
     * @throws NotReadyException if a server has to be asked first, or does not answer
     * @throws SerializationException if no source finds it, or it is a schema of another format; the message is the end
     *     of a sentence
     */
    private RegisteredSchema found(String what, Function<SchemaSource, @Nullable RegisteredSchema> find) {
        List<RetriableException> silent = new ArrayList<>();
        for (SchemaSource source : sources) {
            RegisteredSchema registered;
            try {
                registered = find.apply(source);
            } catch (RetriableException e) {
                silent.add(e);
                continue;
            }
            if (registered == null) {
                continue;
            }
            if (!registered.format().equals(format)) {
                throw new SerializationException("it names the schema with " + what + ", which is one of "
                        + registered.format() + " in " + source + ", and " + format + " is read here");
            }
            return registered;
        }
        if (!silent.isEmpty()) {
            throw notReady(
                    "the schema with " + what + ": "
                            + String.join(
                                    "; ",
                                    silent.stream()
                                            .map(RetriableException::getMessage)
                                            .toList()),
                    silent);
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
