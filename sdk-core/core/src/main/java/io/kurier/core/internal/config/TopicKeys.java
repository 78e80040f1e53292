// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * Kurier's own keys of a topic, which follow {@code topics.<alias>.}. Reading, {@code kurier check}, {@code kurier
 * keys} and the table in {@code docs/configuration.md} are based on them.
 *
 * <p>Families of keys are not included, since their names are open: {@code config.<key>} and the keys of plugins,
 * {@code key.serializer.<key>}, {@code value.serializer.<key>}, {@code partitioner.<key>} and {@code
 * guard.<name>.<key>}.
 */
public final class TopicKeys {
    /** The physical name. */
    public static final String NAME = "name";

    /** The declared number of partitions. */
    public static final String PARTITIONS = "partitions";

    /** Whether the partitions of a topic with fewer than declared are increased. */
    public static final String PARTITIONS_INCREASE = "partitions.increase";

    /** The declared replication factor. */
    public static final String REPLICATION_FACTOR = "replication.factor";

    /** The plugin for keys. */
    public static final String KEY_SERIALIZER = "key.serializer";

    /** The plugin for values. */
    public static final String VALUE_SERIALIZER = "value.serializer";

    /** The plugin that chooses partitions. */
    public static final String PARTITIONER = "partitioner";

    /** Whether each record has its own id. */
    public static final String RECORD_ID = "record.id";

    /** The guard plugins. */
    public static final String GUARDS = "guards";

    /** Headers that every record must have. */
    public static final String REQUIRED_HEADERS = "required.headers";

    /** Whether every record must have a key. */
    public static final String KEY_REQUIRED = "key.required";

    /** The largest record, in bytes. */
    public static final String MAX_RECORD_BYTES = "max.record.bytes";

    /** The beginning of the limits of what is in flight. */
    public static final String MAX_IN_FLIGHT = "max.in.flight.";

    /** How many messages may be in flight. */
    static final String MAX_IN_FLIGHT_MESSAGES = MAX_IN_FLIGHT + "messages";

    /** How many bytes may be in flight. */
    static final String MAX_IN_FLIGHT_BYTES = MAX_IN_FLIGHT + "bytes";

    /** The topic for messages that cannot be stored in this one. */
    public static final String DEAD_LETTER = "dead.letter";

    /** Precedes the configs of a topic, a family. */
    public static final String CONFIG_PREFIX = "config.";

    /** Precedes the name of a guard plugin and its own keys, a family. */
    public static final String GUARD_PREFIX = "guard.";

    /** Precedes the alias of a topic. */
    static final String TOPICS_PREFIX = PublisherKeys.TOPICS + ".";

    static final String DEFAULT_KEY_SERIALIZER = "text";

    /** The definitions, in the order in which {@code kurier check} shows the keys. */
    public static final KeyDefinitions KEYS = new KeyDefinitions(prefix("<alias>"))
            .describe(NAME, Type.STRING, null, "the physical name")
            .unset(NAME, "the alias")
            .number(
                    PARTITIONS,
                    null,
                    NumberRange.from(1),
                    "the declared number of partitions; a topic that is created without it gets the broker's default")
            .unset(PARTITIONS, "any")
            .flag(
                    PARTITIONS_INCREASE,
                    "`true`: a topic with fewer partitions than declared gets more, with `topics.management=create` only;"
                            + " keys then move to other partitions")
            .number(
                    REPLICATION_FACTOR,
                    null,
                    new NumberRange(1, Short.MAX_VALUE),
                    "the declared replication factor; a topic that is created without it gets the broker's default")
            .unset(REPLICATION_FACTOR, "any")
            .describe(
                    KEY_SERIALIZER,
                    Type.STRING,
                    DEFAULT_KEY_SERIALIZER,
                    "name of the serializer plugin for keys; or `short`, `integer`, `long`, `float`, `double`,"
                            + " `boolean`, `uuid` for Kafka's own; or `class:com.example.Mine` for any `Serializer` of Kafka's on the class path,"
                            + " which is configured with the keys below this one")
            .describeRequired(
                    VALUE_SERIALIZER,
                    Type.STRING,
                    "name of the serializer plugin for values, or one of Kafka's own, as in `key.serializer`")
            .describe(PARTITIONER, Type.STRING, null, "name of the partitioner plugin")
            .unset(PARTITIONER, "Kafka's own")
            .flag(
                    RECORD_ID,
                    "`true`: each record carries 16 bytes of its own in the header `record.id`, by which it can be found")
            .describe(
                    GUARDS,
                    Type.LIST,
                    null,
                    "names of guard plugins, separated by commas, in the order in which they run")
            .unset(GUARDS, "none")
            .describe(
                    REQUIRED_HEADERS,
                    Type.LIST,
                    null,
                    "names of headers, separated by commas, that every record must have")
            .unset(REQUIRED_HEADERS, "none")
            .flag(KEY_REQUIRED, "`true`: every record must have a key")
            .number(MAX_RECORD_BYTES, null, NumberRange.from(1), "the largest record, key, value and headers, in bytes")
            .unset(MAX_RECORD_BYTES, "no limit")
            .number(
                    MAX_IN_FLIGHT_MESSAGES,
                    null,
                    NumberRange.from(1),
                    "how many messages may be in flight, besides `publish.max.in.flight.messages` for all topics")
            .unset(MAX_IN_FLIGHT_MESSAGES, "no limit of its own")
            .number(MAX_IN_FLIGHT_BYTES, null, NumberRange.from(1), "the same for the bytes of their keys and values")
            .unset(MAX_IN_FLIGHT_BYTES, "no limit of its own")
            .text(
                    DEAD_LETTER,
                    null,
                    "alias of another topic, with `value.serializer=bytes`, to which a message is published that is"
                            + " `REJECTED` or `NOT_STORED` and not retriable")
            .unset(DEAD_LETTER, "none");

    private TopicKeys() {}

    /** Returns what precedes the keys of a topic, with the final dot. */
    public static String prefix(String alias) {
        return TOPICS_PREFIX + alias + ".";
    }
}
