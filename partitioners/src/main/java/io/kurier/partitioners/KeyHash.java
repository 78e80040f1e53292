// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import io.kurier.spi.Murmur2;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * The hashes by which clients of Kafka choose the partition of a key, each with its way of taking the modulus: two
 * clients agree only if both are the same.
 */
enum KeyHash {
    /** Kafka's Java producer, and most newer clients: the sign bit is cleared. */
    MURMUR2 {
        @Override
        int partition(byte[] key, int partitions) {
            return Murmur2.partition(key, partitions);
        }
    },

    /** librdkafka's default, and the clients built on it: the hash is unsigned. */
    CRC32 {
        @Override
        int partition(byte[] key, int partitions) {
            CRC32 crc = new CRC32();
            crc.update(key, 0, key.length);
            return (int) (crc.getValue() % partitions);
        }
    },

    /** sarama's default and librdkafka's {@code fnv1a}: the absolute value of the signed remainder. */
    FNV1A {
        @Override
        int partition(byte[] key, int partitions) {
            return Math.abs(fnv1a(key) % partitions);
        }
    },

    /** The reference hasher of sarama and kafka-go: the sign bit is cleared. */
    FNV1A_REFERENCE {
        @Override
        int partition(byte[] key, int partitions) {
            return (fnv1a(key) & Integer.MAX_VALUE) % partitions;
        }
    },

    /** franz-go's {@code SaramaHasher}: the hash is unsigned. */
    FNV1A_UNSIGNED {
        @Override
        int partition(byte[] key, int partitions) {
            return Integer.remainderUnsigned(fnv1a(key), partitions);
        }
    },

    /** The only partitioner of kafkajs 1, {@code LegacyPartitioner} in kafkajs 2. */
    KAFKAJS_LEGACY {
        @Override
        int partition(byte[] key, int partitions) {
            return (KafkajsMurmur2.hash(key) & Integer.MAX_VALUE) % partitions;
        }
    };

    private static final int FNV_OFFSET = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;

    /**
     * Returns the partition of a key.
     *
     * @param key the encoded key, which may be empty
     * @param partitions the number of partitions of the topic, at least 1
     * @return from 0 to {@code partitions - 1}
     */
    abstract int partition(byte[] key, int partitions);

    /** Returns the name in configuration. */
    String configured() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the hash of a name in configuration. */
    static KeyHash of(String configured) {
        return valueOf(configured.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** The 32-bit FNV-1a, by Fowler, Noll and Vo (RFC 9923). */
    private static int fnv1a(byte[] bytes) {
        int hash = FNV_OFFSET;
        for (byte each : bytes) {
            hash = (hash ^ (each & 0xff)) * FNV_PRIME;
        }
        return hash;
    }
}
