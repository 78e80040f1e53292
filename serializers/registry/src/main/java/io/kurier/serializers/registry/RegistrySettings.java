// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import io.kurier.serializers.registry.internal.SchemaReference;
import io.kurier.spi.FramingSettings;
import io.kurier.spi.PayloadSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/**
 * The keys of the source apart from those of its client. Immutable.
 *
 * @param format as {@link PayloadSchema#format()}
 * @param forKey whether keys are written
 * @param how what a schema's id is asked by
 * @param schemaId the id for {@link How#ID}
 * @param latestSeconds how long a latest version is used before the registry is asked again; negative: for ever
 * @param strategy how subjects are named
 * @param context the registry's context as the beginning of a subject; empty for the default context
 * @param normalize whether the registry normalizes a schema before it compares it
 * @param references the references of the schemas that are written
 * @param rules checks rules
 * @param kept the largest number of answers of a kind that are kept
 */
record RegistrySettings(
        String format,
        boolean forKey,
        How how,
        long schemaId,
        long latestSeconds,
        SubjectStrategy strategy,
        String context,
        boolean normalize,
        List<SchemaReference> references,
        Rules rules,
        int kept) {

    private static final String REGISTER = "auto.register.schemas";
    private static final String LATEST = "use.latest.version";
    private static final String LATEST_SECONDS = "latest.cache.ttl.sec";
    private static final String ID = "use.schema.id";
    private static final String STRATEGY = "subject.name.strategy";
    private static final String NORMALIZE = "normalize.schemas";
    private static final String CONTEXT = "context";
    private static final String REFERENCES = "schema.references";
    private static final String IGNORED = "ignored.rules";
    private static final String KEPT = "max.schemas";

    /** What a schema's id is asked by. */
    enum How {
        TEXT,
        REGISTER,
        LATEST,
        ID
    }

    static ConfigDef defineIn(ConfigDef keys) {
        return keys.define(
                        REGISTER,
                        Type.BOOLEAN,
                        false,
                        Importance.HIGH,
                        "Whether a schema that is not registered is registered.")
                .define(
                        LATEST,
                        Type.BOOLEAN,
                        false,
                        Importance.MEDIUM,
                        "Whether records are written as the latest version of their subject.")
                .define(
                        LATEST_SECONDS,
                        Type.LONG,
                        -1L,
                        Range.atLeast(-1L),
                        Importance.LOW,
                        "How long the latest version is used for further topics and schemas, in seconds, before it is"
                                + " asked for again; -1 for ever. The old one is used meanwhile.")
                .define(
                        ID,
                        Type.LONG,
                        -1L,
                        Range.atLeast(-1L),
                        Importance.LOW,
                        "The id under which all records are written; -1 to ask by the schema.")
                .define(
                        STRATEGY,
                        Type.STRING,
                        "topic",
                        Importance.MEDIUM,
                        "How subjects are named: topic (TOPIC-value or TOPIC-key), record (the full name), topic-record"
                                + " (TOPIC-NAME).")
                .define(
                        NORMALIZE,
                        Type.BOOLEAN,
                        false,
                        Importance.LOW,
                        "Whether the registry compares schemas in their normal form.")
                .define(
                        CONTEXT,
                        Type.STRING,
                        "",
                        Importance.LOW,
                        "The context of the registry in which subjects and ids are.")
                .define(
                        REFERENCES,
                        Type.LIST,
                        List.of(),
                        Importance.LOW,
                        "The references of an Avro or JSON Schema, each as NAME=SUBJECT:VERSION.")
                .define(
                        IGNORED,
                        Type.LIST,
                        List.of(),
                        Importance.LOW,
                        "The names of rules that need not run. A schema with any other is refused.")
                .define(
                        KEPT,
                        Type.INT,
                        1_000,
                        Range.atLeast(1),
                        Importance.LOW,
                        "The largest number of schemas that are kept, by id and by text each.");
    }

    /**
     * Reads the keys.
     *
     * @param prefix stands before each key in what a user writes
     * @throws ConfigException if a value is wrong or two keys contradict each other
     */
    static RegistrySettings of(FramingSettings framing, String prefix) {
        AbstractConfig config = framing.config();
        long id = config.getLong(ID);
        return new RegistrySettings(
                framing.format(),
                framing.forKey(),
                how(config, prefix, id),
                id,
                config.getLong(LATEST_SECONDS),
                SubjectStrategy.of(prefix + STRATEGY, config.getString(STRATEGY).strip()),
                context(prefix + CONTEXT, config.getString(CONTEXT).strip()),
                config.getBoolean(NORMALIZE),
                references(framing, prefix + REFERENCES, config.getList(REFERENCES)),
                new Rules(
                        prefix + IGNORED,
                        Set.copyOf(config.getList(IGNORED).stream()
                                .map(String::strip)
                                .toList())),
                config.getInt(KEPT));
    }

    private static How how(AbstractConfig config, String prefix, long id) {
        List<String> set = new ArrayList<>();
        How how = How.TEXT;
        if (config.getBoolean(REGISTER)) {
            set.add(REGISTER + "=true");
            how = How.REGISTER;
        }
        if (config.getBoolean(LATEST)) {
            set.add(LATEST + "=true");
            how = How.LATEST;
        }
        if (id >= 0) {
            set.add(ID + "=" + id);
            how = How.ID;
        }
        if (set.size() > 1) {
            throw new ConfigException(
                    String.join(" and ", set.stream().map(prefix::concat).toList())
                            + " contradict each other: each says by itself which id is written. Keep one of them");
        }
        return how;
    }

    private static String context(String key, String name) {
        if (name.isEmpty()) {
            return "";
        }
        String bare = name.startsWith(".") ? name.substring(1) : name;
        if (bare.isEmpty() || bare.contains(":")) {
            throw new ConfigException(key, name, "a context has a name without colons, such as staging");
        }
        return ":." + bare + ":";
    }

    private static List<SchemaReference> references(FramingSettings framing, String key, List<String> lines) {
        List<SchemaReference> references = new ArrayList<>();
        for (String line : lines) {
            String text = line.strip();
            if (!text.isEmpty()) {
                references.add(reference(key, text));
            }
        }
        if (!references.isEmpty() && framing.format().equals(ProtobufFinder.FORMAT)) {
            throw new ConfigException(key + " is for Avro and JSON Schema: the references of a Protobuf file are its"
                    + " imports. Take the key away");
        }
        return List.copyOf(references);
    }

    private static SchemaReference reference(String key, String text) {
        int equals = text.lastIndexOf('=');
        int colon = text.lastIndexOf(':');
        if (equals > 0 && colon > equals + 1) {
            try {
                int version = Integer.parseInt(text.substring(colon + 1));
                if (version > 0) {
                    return new SchemaReference(text.substring(0, equals), text.substring(equals + 1, colon), version);
                }
            } catch (NumberFormatException e) {
                // refused below
            }
        }
        throw new ConfigException(
                key, text, "it is not written as NAME=SUBJECT:VERSION, such as com.example.Customer=customer-value:3");
    }

    /**
     * Returns the subject of a schema, in the context.
     *
     * @throws org.apache.kafka.common.errors.SerializationException if the strategy needs a name and there is none
     */
    String subject(String topic, PayloadSchema schema) {
        return inContext(strategy.subject(topic, forKey, schema));
    }

    /** Returns a subject in the context, unless it names one itself. */
    String inContext(String subject) {
        return subject.startsWith(":.") ? subject : context + subject;
    }
}
