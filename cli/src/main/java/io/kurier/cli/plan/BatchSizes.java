// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.plan;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How large batches of a sample's records are: batches of following records, begun at places spread evenly over the
 * sample, are encoded and compressed as the producer does, and their sizes averaged. Used by one thread.
 */
final class BatchSizes {
    /** How many bytes are compressed for one average at most, as long as that is one batch. */
    private static final long MOST_COMPRESSED = 4_000_000;

    /** How far from a whole number a calculated one may be that is meant to be whole. */
    private static final double WHOLE = 1e-9;

    private static final long MOST_COUNTED = 5_000_000;

    private final List<byte[]> contents;
    private final Codec codec;
    private final int level;
    private final double millisBetween;
    private final double recordBytes;
    private final Map<Integer, Double> known = new HashMap<>();

    /**
     * Takes a sample.
     *
     * @param contents the {@link RecordFormat#content} of each record, at least one
     * @param millisBetween the time between two records of a partition, for their timestamps
     */
    BatchSizes(List<byte[]> contents, Codec codec, int level, double millisBetween) {
        this.contents = contents;
        this.codec = codec;
        this.level = level;
        this.millisBetween = millisBetween;
        recordBytes = contents.stream()
                .mapToInt(content -> RecordFormat.size(content.length, 0, 0))
                .average()
                .orElseThrow();
    }

    /** Returns the average size of a record before compression, first in its batch, in bytes. */
    double recordBytes() {
        return recordBytes;
    }

    /** Returns the average size of batches, by the average number of their records, at least 1. */
    double bytes(double records) {
        int nearest = (int) Math.rint(records);
        if (Math.abs(records - nearest) < WHOLE) {
            return bytes(nearest);
        }
        int fewer = (int) Math.floor(records);
        double share = records - fewer;
        return (1 - share) * bytes(fewer) + share * bytes(fewer + 1);
    }

    private double bytes(int records) {
        Double before = known.get(records);
        if (before == null) {
            before = measured(records);
            known.put(records, before);
        }
        return before;
    }

    private double measured(int records) {
        double work = codec == Codec.NONE ? MOST_COUNTED / (double) records : MOST_COMPRESSED / (records * recordBytes);
        int batches = (int) Math.max(1, Math.min(contents.size(), work));
        double total = 0;
        for (int batch = 0; batch < batches; batch++) {
            int first = (int) ((long) batch * contents.size() / batches);
            total += codec == Codec.NONE ? counted(first, records) : compressed(first, records);
        }
        return RecordFormat.BATCH_HEADER + total / batches;
    }

    private long counted(int first, int records) {
        long size = 0;
        for (int i = 0; i < records; i++) {
            size += RecordFormat.size(content(first, i).length, millis(i), i);
        }
        return size;
    }

    private long compressed(int first, int records) {
        ByteBuffer batch = ByteBuffer.allocate(Math.toIntExact(counted(first, records)));
        for (int i = 0; i < records; i++) {
            RecordFormat.put(batch, content(first, i), millis(i), i);
        }
        return codec.compressed(batch.array(), batch.position(), level);
    }

    private byte[] content(int first, int index) {
        return contents.get((first + index) % contents.size());
    }

    private long millis(int index) {
        return Math.round(index * millisBetween);
    }
}
