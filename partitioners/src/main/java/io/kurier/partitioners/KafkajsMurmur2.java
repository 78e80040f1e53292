// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

/**
 * The hash of kafkajs 1: murmur2 computed with floating-point numbers. JavaScript multiplies as {@code double}, so the
 * lowest bits of a large product are lost, and it mixes the last bytes twice, once as a block padded with zeros and once
 * as the tail. Every key has another hash than by {@link io.kurier.spi.Murmur2}, and this one cannot change either:
 * topics are full of records that are where it has put them.
 */
final class KafkajsMurmur2 {
    private static final int SEED = 0x9747b28c;
    private static final double FACTOR = 0x5bd1e995;

    private KafkajsMurmur2() {}

    static int hash(byte[] bytes) {
        int hash = SEED ^ bytes.length;
        for (int at = 0; at < bytes.length; at += Integer.BYTES) {
            int block = block(bytes, at);
            int mixed = low(block * FACTOR);
            mixed ^= mixed >>> 24;
            hash = low(hash * FACTOR) ^ low(mixed * FACTOR);
        }
        int whole = bytes.length & ~3;
        if (whole < bytes.length) {
            hash = low((hash ^ block(bytes, whole)) * FACTOR);
        }
        hash ^= hash >>> 13;
        hash = low(hash * FACTOR);
        return hash ^ (hash >>> 15);
    }

    /** Returns four bytes, little-endian; those beyond the end are 0. */
    private static int block(byte[] bytes, int at) {
        int block = 0;
        for (int i = Math.min(at + Integer.BYTES, bytes.length) - 1; i >= at; i--) {
            block |= (bytes[i] & 0xff) << ((i - at) * Byte.SIZE);
        }
        return block;
    }

    /** The low 32 bits of a product, as ECMAScript's ToInt32 takes them; no product here reaches 2<sup>63</sup>. */
    private static int low(double product) {
        return (int) (long) product;
    }
}
