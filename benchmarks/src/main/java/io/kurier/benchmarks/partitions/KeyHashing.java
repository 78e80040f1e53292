// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.partitions;

import io.kurier.ArrayHeaders;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.RecordPartitioner;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.apache.kafka.common.utils.Utils;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the partitioners that hash a record's key beside the bare hash of the same record's key with its modulus. Of
 * a few nanoseconds JVMs differ by a tenth in how they have compiled a loop, so there are many forks.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(5)
public class KeyHashing {
    private static final int RECORDS = 1_024;
    private static final int FNV_OFFSET = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;

    private final EncodedRecord[] records = new EncodedRecord[RECORDS];
    private final RecordPartitioner murmur2 = NamedPartitioner.of("murmur2");
    private final RecordPartitioner crc32 = NamedPartitioner.of("crc32");
    private final RecordPartitioner fnv1a = NamedPartitioner.of("fnv1a");
    private int next;

    /** Not a constant, since a compiler would make a multiplication of the division. */
    private int partitions = 12;

    /** The bytes of a key. */
    @Param({"8", "20", "100"})
    public int keySize = 8;

    /** Creates records with different keys. */
    @Setup
    public void create() {
        Random random = new Random(7);
        for (int i = 0; i < RECORDS; i++) {
            byte[] key = new byte[keySize];
            random.nextBytes(key);
            records[i] = new EncodedRecord("orders", key, new byte[100], new ArrayHeaders());
        }
    }

    /** Kafka's hash alone. */
    @Benchmark
    public int bareMurmur2() {
        return Utils.toPositive(Utils.murmur2(key())) % partitions;
    }

    /** The partitioner {@code murmur2}. */
    @Benchmark
    public int murmur2() {
        return murmur2.partition(record(), partitions);
    }

    /** The JDK's hash alone. */
    @Benchmark
    public int bareCrc32() {
        CRC32 crc = new CRC32();
        crc.update(key());
        return (int) (crc.getValue() % partitions);
    }

    /** The partitioner {@code crc32}. */
    @Benchmark
    public int crc32() {
        return crc32.partition(record(), partitions);
    }

    /** A plain loop. */
    @Benchmark
    public int bareFnv1a() {
        int hash = FNV_OFFSET;
        for (byte each : key()) {
            hash = (hash ^ (each & 0xff)) * FNV_PRIME;
        }
        return Math.abs(hash % partitions);
    }

    /** The partitioner {@code fnv1a}. */
    @Benchmark
    public int fnv1a() {
        return fnv1a.partition(record(), partitions);
    }

    private byte[] key() {
        return Objects.requireNonNull(record().key());
    }

    private EncodedRecord record() {
        next = next + 1 & RECORDS - 1;
        return records[next];
    }
}
