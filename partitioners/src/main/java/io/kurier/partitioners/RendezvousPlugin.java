// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Murmur2;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;

/**
 * {@code rendezvous}: rendezvous hashing (Thaler and Ravishankar, 1998), by which few keys move if partitions are added:
 * from {@code n} to {@code n + 1} one in {@code n + 1}, and all of those to the new partition. By a modulus nearly all
 * keys move.
 *
 * <p>Each partition of the topic has a score for a key, and the key goes to the highest: the finalizer of SplitMix64 of
 * {@code murmur2(key)}, as an unsigned number, plus {@code (partition + 1) * 0x9e3779b97f4a7c15}, compared as signed
 * 64-bit numbers. The time grows with the number of partitions, by about two nanoseconds each. A record without a key is
 * left to Kafka. This partitioner has no configuration keys.
 */
public final class RendezvousPlugin implements PartitionerPlugin {
    private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;

    /** For {@link java.util.ServiceLoader}. */
    public RendezvousPlugin() {}

    @Override
    public String name() {
        return "rendezvous";
    }

    @Override
    public RecordPartitioner partitioner(PartitionerSettings settings) {
        return RendezvousPlugin::partition;
    }

    private static int partition(EncodedRecord record, int partitions) {
        byte[] key = record.key();
        if (key == null) {
            return RecordPartitioner.KAFKA_CHOOSES;
        }
        long state = Integer.toUnsignedLong(Murmur2.hash(key));
        int best = 0;
        long highest = Long.MIN_VALUE;
        for (int partition = 0; partition < partitions; partition++) {
            state += GOLDEN_RATIO;
            long score = mixed(state);
            if (score > highest) {
                highest = score;
                best = partition;
            }
        }
        return best;
    }

    /** The finalizer of SplitMix64, as in {@link java.util.SplittableRandom}. */
    private static long mixed(long state) {
        long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
