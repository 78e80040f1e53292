// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Computes the partition that Kafka's Java producer chooses for a key, for partitioners that must agree with it:
 * Kafka's own method is internal. The rule cannot change without moving every key, so it is the same in all versions of
 * Kafka; tests compare it with Kafka's. Safe for use by any number of threads.
 */
public final class Murmur2 {
    private static final VarHandle LITTLE_ENDIAN_INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SEED = 0x9747b28c;
    private static final int FACTOR = 0x5bd1e995;

    private Murmur2() {}

    /**
     * Returns the partition of a key.
     *
     * @param key the encoded key
     * @param partitions the number of partitions of the topic, at least 1
     * @return from 0 to {@code partitions - 1}
     */
    public static int partition(byte[] key, int partitions) {
        return (hash(key) & Integer.MAX_VALUE) % partitions;
    }

    /** Returns the 32-bit MurmurHash2, by Austin Appleby, with the seed that Kafka uses. */
    public static int hash(byte[] bytes) {
        int hash = SEED ^ bytes.length;
        int whole = bytes.length & ~3;
        for (int at = 0; at < whole; at += Integer.BYTES) {
            int word = (int) LITTLE_ENDIAN_INT.get(bytes, at) * FACTOR;
            hash = (hash * FACTOR) ^ ((word ^ (word >>> 24)) * FACTOR);
        }
        if (whole < bytes.length) {
            int rest = 0;
            for (int at = bytes.length - 1; at >= whole; at--) {
                rest = (rest << Byte.SIZE) | (bytes[at] & 0xff);
            }
            hash = (hash ^ rest) * FACTOR;
        }
        hash = (hash ^ (hash >>> 13)) * FACTOR;
        return hash ^ (hash >>> 15);
    }
}
