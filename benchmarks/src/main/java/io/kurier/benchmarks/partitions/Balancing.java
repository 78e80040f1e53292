// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.partitions;

import io.kurier.ArrayHeaders;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.LoadAwarePartitioner;
import io.kurier.spi.PartitionLoads;
import io.kurier.spi.RecordPartitioner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the partitioners that do more than hash, with keys of 19 bytes by Zipf's law. Each call has a record of its
 * own, since a partitioner may add a header; {@link #newRecord} is what that takes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class Balancing {
    private static final int PARTITIONS = 12;
    private static final int DRAWN = 1 << 16;
    private static final byte[] VALUE = new byte[100];

    private final byte[][] keys = new byte[DRAWN][];
    private final Queues queues = new Queues();
    private final LoadAwarePartitioner leastLoaded = (LoadAwarePartitioner) NamedPartitioner.of("least-loaded");
    private final RecordPartitioner spread = NamedPartitioner.of("spread");
    private final RecordPartitioner rendezvous = NamedPartitioner.of("rendezvous");
    private int next;

    /** Not a constant, since a compiler would make a multiplication of a division. */
    private int partitions = PARTITIONS;

    /** Draws the keys, so that drawing is not measured. */
    @Setup
    public void draw() {
        ZipfKeys zipf = new ZipfKeys(100_000, 1.1, 7);
        for (int i = 0; i < DRAWN; i++) {
            keys[i] = zipf.next();
        }
    }

    /** A record and its headers: the floor. */
    @Benchmark
    public EncodedRecord newRecord() {
        return record();
    }

    /** The partitioner {@code least-loaded}, whose choice is queued while another partition is acknowledged. */
    @Benchmark
    public int leastLoaded() {
        int chosen = leastLoaded.partition(record(), queues);
        queues.move(chosen, next % PARTITIONS);
        return chosen;
    }

    /** The partitioner {@code spread} with the defaults of its keys. */
    @Benchmark
    public int spread() {
        return spread.partition(record(), partitions);
    }

    /** The partitioner {@code rendezvous}. */
    @Benchmark
    public int rendezvous() {
        return rendezvous.partition(record(), partitions);
    }

    private EncodedRecord record() {
        next = next + 1 & DRAWN - 1;
        return new EncodedRecord("orders", keys[next], VALUE, new ArrayHeaders());
    }

    /** Queues of some hundred records a partition, in counters like those of a publisher. */
    private static final class Queues implements PartitionLoads {
        private static final long RECORD = 140;

        private final AtomicLong[] bytes = Stream.generate(() -> new AtomicLong(500 * RECORD))
                .limit(PARTITIONS)
                .toArray(AtomicLong[]::new);

        void move(int chosen, int acknowledged) {
            bytes[chosen].setPlain(bytes[chosen].getPlain() + RECORD);
            bytes[acknowledged].setPlain(bytes[acknowledged].getPlain() - RECORD);
        }

        @Override
        public int partitions() {
            return PARTITIONS;
        }

        @Override
        public boolean hasLeader(int partition) {
            return true;
        }

        @Override
        public long queuedBytes(int partition) {
            return bytes[partition].get();
        }
    }
}
