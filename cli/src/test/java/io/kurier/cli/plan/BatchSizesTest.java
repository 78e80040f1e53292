// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sizes against those of the batches that Kafka's own classes make. */
class BatchSizesTest {
    /** For the sum of many sizes. */
    private static final double EPSILON = 1e-6;

    private static final int[] COUNTS = {1, 2, 63, 64, 65, 100};
    private static final Header[] HEADERS = {
        new RecordHeader("content-type", "application/json".getBytes(StandardCharsets.UTF_8)),
        new RecordHeader("empty", null)
    };

    @ParameterizedTest
    @EnumSource(Codec.class)
    void areThoseOfKafkaToTheByte(Codec codec) {
        for (List<byte[]> values : List.of(randoms(900), texts(100), texts(3_000))) {
            for (int count : COUNTS) {
                assertThat(average(codec, values, count))
                        .as("%s, %d records of %d bytes", codec, count, values.get(0).length)
                        .isCloseTo(kafkas(codec, values, count), within(EPSILON));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Codec.class,
            names = {"GZIP", "LZ4", "ZSTD"})
    void followTheLevel(Codec codec) {
        List<byte[]> values = texts(60_000).subList(0, 1);
        int level = codec == Codec.GZIP ? 9 : 17;
        Compression compression = switch (codec) {
            case GZIP -> Compression.gzip().level(level).build();
            case LZ4 -> Compression.lz4().level(level).build();
            default -> Compression.zstd().level(level).build();
        };
        assertThat(new BatchSizes(contents(values), codec, level, 0).bytes(1))
                .isEqualTo(MemoryRecords.withRecords(compression, records(values, 0, 1, 0))
                        .sizeInBytes());
    }

    @Test
    void countKeysHeadersAndTimestamps() {
        byte[] key = new byte[70];
        byte[] value = new byte[8_200];
        byte[] content = RecordFormat.content(key, value, List.of(HEADERS));
        SimpleRecord[] records = IntStream.range(0, 3)
                .mapToObj(i -> new SimpleRecord(1_000L + 400L * i, key, value, HEADERS))
                .toArray(SimpleRecord[]::new);
        assertThat(new BatchSizes(List.of(content), Codec.NONE, 0, 400).bytes(3))
                .isEqualTo(MemoryRecords.withRecords(Compression.NONE, records).sizeInBytes());
    }

    @Test
    void areAveragesBetweenWholeNumbersOfRecords() {
        BatchSizes sizes = new BatchSizes(contents(List.of(new byte[100])), Codec.NONE, 0, 0);
        assertThat(sizes.recordBytes()).isEqualTo(109);
        assertThat(sizes.bytes(1)).isEqualTo(61 + 109);
        assertThat(sizes.bytes(1.25)).isEqualTo(61 + 136.25);
    }

    @Test
    void areTheSameForATombstoneAsKafkas() {
        byte[] key = {1};
        assertThat(new BatchSizes(List.of(RecordFormat.content(key, null, List.of())), Codec.NONE, 0, 0).bytes(1))
                .isEqualTo(MemoryRecords.withRecords(Compression.NONE, new SimpleRecord(0, key, null))
                        .sizeInBytes());
    }

    private static double average(Codec codec, List<byte[]> values, int count) {
        return new BatchSizes(contents(values), codec, defaultLevel(codec), 1).bytes(count);
    }

    private static int defaultLevel(Codec codec) {
        return switch (codec) {
            case NONE, SNAPPY -> 0;
            case GZIP -> CompressionType.GZIP.defaultLevel();
            case LZ4 -> CompressionType.LZ4.defaultLevel();
            case ZSTD -> CompressionType.ZSTD.defaultLevel();
        };
    }

    /** Returns the average of batches that begin at each of the values. */
    private static double kafkas(Codec codec, List<byte[]> values, int count) {
        Compression compression =
                Compression.of(CompressionType.forName(codec.toString())).build();
        return IntStream.range(0, values.size())
                .map(first -> MemoryRecords.withRecords(compression, records(values, first, count, 1))
                        .sizeInBytes())
                .average()
                .orElseThrow();
    }

    private static SimpleRecord[] records(List<byte[]> values, int first, int count, long millis) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        new SimpleRecord(millis * i, (byte @Nullable []) null, values.get((first + i) % values.size())))
                .toArray(SimpleRecord[]::new);
    }

    private static List<byte[]> contents(List<byte[]> values) {
        return values.stream()
                .map(value -> RecordFormat.content(null, value, List.of()))
                .toList();
    }

    private static List<byte[]> randoms(int size) {
        Random random = new Random(1);
        return Stream.generate(() -> new byte[size])
                .limit(12)
                .peek(random::nextBytes)
                .toList();
    }

    private static List<byte[]> texts(int size) {
        Random random = new Random(1);
        return IntStream.range(0, 12)
                .mapToObj(i -> ("{\"id\":" + i + ",\"customer\":\"" + Long.toHexString(random.nextLong()) + "\"}")
                        .repeat(1 + size / 30)
                        .substring(0, size)
                        .toUpperCase(Locale.ROOT)
                        .getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
