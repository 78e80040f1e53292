// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import io.kurier.spi.RecordPartitioner;
import java.util.Arrays;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * The keys that partitioners by content share: the hash of what they find, and what happens to a record without it.
 *
 * @param hash the hash of the content
 * @param rejectsMissing whether a record without the content is rejected; otherwise it is left to Kafka
 */
record ContentKeys(KeyHash hash, boolean rejectsMissing) {
    private static final String HASH = "hash";
    private static final String MISSING = "missing";

    /** Adds the keys to a definition. */
    static ConfigDef defineIn(ConfigDef keys) {
        return keys.define(
                        HASH,
                        ConfigDef.Type.STRING,
                        KeyHash.MURMUR2.configured(),
                        ConfigDef.ValidString.in(hashes()),
                        ConfigDef.Importance.LOW,
                        "The hash that chooses the partition, as the partitioner of that name takes it of a key.")
                .define(
                        MISSING,
                        ConfigDef.Type.STRING,
                        "reject",
                        ConfigDef.ValidString.in("reject", "kafka"),
                        ConfigDef.Importance.MEDIUM,
                        "What happens to a record without it: reject rejects the message, kafka leaves the partition"
                                + " to Kafka, by the key if there is one.");
    }

    static String[] hashes() {
        return Arrays.stream(KeyHash.values()).map(KeyHash::configured).toArray(String[]::new);
    }

    static ContentKeys of(AbstractConfig config) {
        return new ContentKeys(
                KeyHash.of(config.getString(HASH)), config.getString(MISSING).equals("reject"));
    }

    /**
     * Returns the choice for a record without the content.
     *
     * @param what what is missing, as the beginning of a sentence
     * @throws IllegalArgumentException if such records are rejected
     */
    int missing(String what) {
        if (rejectsMissing) {
            throw new IllegalArgumentException(
                    what + ", by which its partition is chosen; add it, or set the partitioner's key missing=kafka");
        }
        return RecordPartitioner.KAFKA_CHOOSES;
    }
}
