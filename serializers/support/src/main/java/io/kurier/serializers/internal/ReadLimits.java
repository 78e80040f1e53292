// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;

/**
 * Limits the cost of reading one record, so that a few hostile bytes cannot fill the heap or the stack of a reader. The
 * keys have the same names in every format. A serializer with the same settings refuses to write a record that these
 * limits refuse to read. Immutable.
 *
 * @param format the name of the format, which is the prefix of the keys in a Kafka client's configuration
 * @param maxBytes the largest record, in bytes
 * @param maxExpansion how many times its own size a record may take in memory, by an estimate; one below 1 MiB counts
 *     as 1 MiB
 * @param maxDepth how many levels a record may be nested
 */
public record ReadLimits(String format, int maxBytes, int maxExpansion, int maxDepth) {
    /** The key of the largest record. */
    public static final String MAX_BYTES = "max.bytes";

    /** The key of the largest ratio of memory to size. */
    public static final String MAX_EXPANSION = "max.expansion";

    /** The key of the deepest nesting. */
    public static final String MAX_DEPTH = "max.depth";

    /** 64 MiB, far above the 1 MiB that Kafka accepts by default. */
    public static final int DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

    /** Small objects of two or three properties, read as trees, take 25 to 30 times their size. */
    public static final int DEFAULT_MAX_EXPANSION = 40;

    /**
     * A record of this size in bytes may come from any producer with Kafka's defaults, and still fits into any heap.
     */
    private static final int SMALL = 1024 * 1024;

    /** Returns the limits of a configuration that sets none. */
    public static ReadLimits defaults(String format, int maxDepth) {
        return new ReadLimits(format, DEFAULT_MAX_BYTES, DEFAULT_MAX_EXPANSION, maxDepth);
    }

    /** Adds the three keys with the values of these limits as defaults. */
    public ConfigDef defineIn(ConfigDef keys) {
        ConfigDef.Range positive = ConfigDef.Range.atLeast(1);
        return keys.define(
                        MAX_BYTES,
                        ConfigDef.Type.INT,
                        maxBytes,
                        positive,
                        Importance.LOW,
                        "The largest record, in bytes, that is read; one that is larger is refused before it is parsed, and"
                                + " is not written either.")
                .define(
                        MAX_EXPANSION,
                        ConfigDef.Type.INT,
                        maxExpansion,
                        positive,
                        Importance.LOW,
                        "How many times its own size a record may take in memory when it is read, by an estimate; a record"
                                + " below 1 MiB counts as 1 MiB. One that takes more is refused before anything is"
                                + " allocated, and is not written either.")
                .define(
                        MAX_DEPTH,
                        ConfigDef.Type.INT,
                        maxDepth,
                        positive,
                        Importance.LOW,
                        "How many levels a record may be nested; one that is nested more deeply is neither read nor"
                                + " written.");
    }

    /** Returns these limits with the values of a plugin's settings, whose keys {@link #defineIn} has defined. */
    public ReadLimits with(AbstractConfig settings) {
        return new ReadLimits(
                format, settings.getInt(MAX_BYTES), settings.getInt(MAX_EXPANSION), settings.getInt(MAX_DEPTH));
    }

    /**
     * Returns these limits with the values of a Kafka client's configuration: {@code avro.max.bytes} and so on.
     *
     * @throws ConfigException if one is not a whole number of at least 1
     */
    public ReadLimits with(ClientConfig config) {
        return new ReadLimits(
                format,
                config.positiveInt(format + "." + MAX_BYTES).orElse(maxBytes),
                config.positiveInt(format + "." + MAX_EXPANSION).orElse(maxExpansion),
                config.positiveInt(format + "." + MAX_DEPTH).orElse(maxDepth));
    }

    /**
     * Refuses a record by its size.
     *
     * @throws LimitExceededException if it has more bytes than may be read
     */
    public void checkSize(int length) {
        if (length > maxBytes) {
            throw new LimitExceededException(
                    "it has " + length + " bytes, and at most " + maxBytes + " are read" + raise(MAX_BYTES));
        }
    }

    /** Returns the memory in bytes that a record of that length may take. */
    public long memory(int length) {
        return (long) maxExpansion * Math.max(length, SMALL);
    }

    LimitExceededException tooMuch(int length) {
        return new LimitExceededException("it has " + length + " bytes and would take more than " + memory(length)
                + " bytes of memory, " + maxExpansion + " times its size"
                + (length < SMALL ? " if that were 1 MiB" : "") + raise(MAX_EXPANSION));
    }

    /** Returns the exception for a record that is nested too deeply. */
    public LimitExceededException tooDeep() {
        return new LimitExceededException("it is nested deeper than " + maxDepth + " levels" + raise(MAX_DEPTH));
    }

    private String raise(String key) {
        return ". If it is meant, raise " + key + " (" + format + "." + key + " in a Kafka client's configuration)";
    }
}
