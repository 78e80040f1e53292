// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.partition;

import io.kurier.ArrayHeaders;
import io.kurier.Printable;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Murmur2;
import io.kurier.spi.RecordPartitioner;

/** A partitioner that is given records which have a key, and neither a value nor headers. Used by one thread. */
public final class NamedPartitioner {
    private final String name;
    private final String topic;
    private final RecordPartitioner partitioner;

    NamedPartitioner(String name, String topic, RecordPartitioner partitioner) {
        this.name = name;
        this.topic = topic;
        this.partitioner = partitioner;
    }

    /** Returns the name or alias by which it was chosen. */
    public String name() {
        return name;
    }

    /**
     * Returns the partition of a key: where Kafka's producer sends it if the partitioner leaves it to Kafka.
     *
     * @param partitions the number of partitions, at least 1
     * @throws KeyException if the partitioner fails, or its result is no partition
     */
    int partition(byte[] key, int partitions) throws KeyException {
        int chosen;
        try {
            chosen = partitioner.partition(new EncodedRecord(topic, key, null, new ArrayHeaders()), partitions);
        } catch (Throwable e) { // an Error too, and what a plugin throws undeclared
            throw new KeyException("the partitioner " + Printable.of(name) + " failed: " + ThrowableText.of(e), e);
        }
        if (chosen == RecordPartitioner.KAFKA_CHOOSES) {
            return Murmur2.partition(key, partitions);
        }
        if (chosen < 0 || chosen >= partitions) {
            throw new KeyException(
                    "the partitioner " + Printable.of(name) + " chose partition " + chosen + " of " + partitions
                            + ", which are numbered from 0; fix the partitioner",
                    null);
        }
        return chosen;
    }
}
