// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import io.kurier.spi.EncodedRecord;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Sends equal keys to one partition, by a hash; the client that is named decides what a missing key means. */
final class HashPartitioner implements RecordPartitioner {
    private static final String NULL_KEY = "null.key";
    private static final byte[] EMPTY = {};

    private final KeyHash hash;
    private final boolean hashesNull;

    /**
     * Creates a partitioner that hashes an empty key as it does any other.
     *
     * @param hashesNull whether a record without a key goes where an empty key does; otherwise it is left to Kafka
     */
    HashPartitioner(KeyHash hash, boolean hashesNull) {
        this.hash = hash;
        this.hashesNull = hashesNull;
    }

    /** Returns the definition of the keys that all plugins of this kind have. */
    static ConfigDef configDef() {
        return new ConfigDef()
                .define(
                        NULL_KEY,
                        ConfigDef.Type.STRING,
                        "kafka",
                        ConfigDef.ValidString.in("kafka", "hash"),
                        ConfigDef.Importance.LOW,
                        "Where a record without a key goes: kafka leaves it to Kafka's sticky partitioner, hash sends"
                                + " it where an empty key goes, as librdkafka's murmur2 and fnv1a do.");
    }

    /** Creates the partitioner of a plain name, which may be set to hash a missing key. */
    static RecordPartitioner of(KeyHash hash, PartitionerSettings settings) {
        return new HashPartitioner(hash, settings.config().getString(NULL_KEY).equals("hash"));
    }

    /**
     * Creates the partitioner of another client's name, whose rule for missing keys is fixed.
     *
     * @throws ConfigException if another rule is set
     */
    static RecordPartitioner fixed(KeyHash hash, boolean hashesNull, PartitionerSettings settings) {
        checkNotSet(settings);
        return new HashPartitioner(hash, hashesNull);
    }

    /** Refuses a rule for missing keys beside a name that has one. */
    static void checkNotSet(PartitionerSettings settings) {
        Object set = settings.config().originals().get(NULL_KEY);
        if (set != null) {
            throw new ConfigException(
                    NULL_KEY,
                    set,
                    settings.name() + " is librdkafka's name, with its rule for records without a key. Remove the key,"
                            + " or use murmur2, crc32 or fnv1a");
        }
    }

    @Override
    public int partition(EncodedRecord record, int partitions) {
        byte[] key = record.key();
        if (key != null) {
            return hash.partition(key, partitions);
        }
        return hashesNull ? hash.partition(EMPTY, partitions) : KAFKA_CHOOSES;
    }
}
