// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.spi.Frame;
import io.kurier.spi.FrameReader;
import io.kurier.spi.FrameWriter;
import io.kurier.spi.Framing;
import io.kurier.spi.PayloadSchema;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many threads, and many schemas. */
@Timeout(60)
class FrameCacheTest {
    private static final int THREADS = 8;

    @TempDir
    private Path temporary;

    private static PayloadSchema schema(int number) {
        return PayloadSchema.of("avro", "com.example.R" + number, text(number));
    }

    private static String text(int number) {
        return "{\"type\":\"record\",\"name\":\"R" + number
                + "\",\"namespace\":\"com.example\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}";
    }

    private static byte[] record(int id) {
        return ByteBuffer.allocate(6).put((byte) 0).putInt(id).put((byte) 42).array();
    }

    @Test
    void tenThousandSchemasAreWrittenAndReadAndFewFramesAreKept() {
        Folder folder = new Folder(temporary);
        List<String> ids = new ArrayList<>();
        for (int i = 1; i <= 10_000; i++) {
            folder.with("r" + i + ".avsc", text(i));
            ids.add(i + "=r" + i + ".avsc");
        }
        Framing framing = Frames.confluent("avro", folder.ids(ids.toArray(String[]::new)));
        FrameReader reader = framing.reader(List.of());

        for (int i = 1; i <= 10_000; i++) {
            FrameWriter writer = framing.writer("orders", schema(i));
            assertThat(ByteBuffer.wrap(writer.prefix(null), 1, 4).getInt()).isEqualTo(i);
            PayloadSchema read = reader.read("orders", null, record(i), 0, 6).schema();
            assertThat(Objects.requireNonNull(read).fullName()).isEqualTo("com.example.R" + i);
        }
    }

    @Test
    void framesAreBounded() {
        FrameCache cache = new FrameCache();
        for (int i = 0; i < 10_000; i++) {
            Frame frame = new Frame(null, 5);
            assertThat(cache.put(record(i), 0, 5, frame)).isSameAs(frame);
            assertThat(cache.get(record(i), 0, 5)).isSameAs(frame);
        }
        assertThat(cache.size()).isPositive().isLessThanOrEqualTo(FrameCache.KEPT);
        assertThat(cache.get(record(77_777), 0, 5)).isNull();
    }

    @Test
    void keysOfOtherLengthsAreOtherKeys() {
        FrameCache cache = new FrameCache();
        Frame one = cache.put(new byte[] {0, 0, 1}, 0, 2, new Frame(null, 2));
        Frame other = cache.put(new byte[] {0, 0, 1}, 0, 3, new Frame(null, 3));

        assertThat(cache.get(new byte[] {9, 0, 0}, 1, 2)).isSameAs(one);
        assertThat(cache.get(new byte[] {0, 0, 1}, 0, 3)).isSameAs(other);
        assertThat(cache.get(new byte[] {0, 0, 1}, 0, 1)).isNull();
    }

    @Test
    void manyThreadsReadOneFrame() throws Exception {
        Folder folder = new Folder(temporary)
                .with("r1.avsc", text(1))
                .with("r2.avsc", text(2))
                .ids("1=r1.avsc", "2=r2.avsc");
        Framing framing = Frames.confluent("avro", folder);
        FrameReader reader = framing.reader(List.of());
        Set<Frame> seen = ConcurrentHashMap.newKeySet();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                all.add(threads.submit(() -> {
                    Set<Frame> mine = new HashSet<>();
                    for (int i = 0; i < 10_000; i++) {
                        mine.add(reader.read("orders", null, record(1 + i % 2), 0, 6));
                        assertThat(framing.writer("orders", schema(1)).prefix(null))
                                .startsWith(0, 0, 0, 0, 1);
                    }
                    seen.addAll(mine);
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdown();
        }

        assertThat(seen).hasSize(2);
    }
}
