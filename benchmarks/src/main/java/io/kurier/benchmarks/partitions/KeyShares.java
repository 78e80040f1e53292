// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.partitions;

import io.kurier.ArrayHeaders;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.RecordPartitioner;
import java.util.Arrays;

/** Where a partitioner puts the keys of a stream, which needs no broker. */
final class KeyShares {
    private static final byte[] VALUE = new byte[100];

    private KeyShares() {}

    /** Returns the percentage of records in the partition that gets most of them. */
    static double largest(String partitioner, ZipfKeys keys, int records, int partitions) {
        RecordPartitioner named = NamedPartitioner.of(partitioner);
        int[] counts = new int[partitions];
        for (int i = 0; i < records; i++) {
            counts[partition(named, keys.next(), partitions)]++;
        }
        named.close();
        return Arrays.stream(counts).max().orElseThrow() * 100.0 / records;
    }

    /** Returns the percentage of keys that are in another partition when there is one partition more. */
    static double moved(String partitioner, ZipfKeys keys, int partitions) {
        RecordPartitioner named = NamedPartitioner.of(partitioner);
        byte[][] all = keys.all();
        long moved = Arrays.stream(all)
                .filter(key -> partition(named, key, partitions) != partition(named, key, partitions + 1))
                .count();
        named.close();
        return moved * 100.0 / all.length;
    }

    private static int partition(RecordPartitioner partitioner, byte[] key, int partitions) {
        return partitioner.partition(new EncodedRecord("orders", key, VALUE, new ArrayHeaders()), partitions);
    }
}
