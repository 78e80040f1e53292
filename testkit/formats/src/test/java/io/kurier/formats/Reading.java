// SPDX-License-Identifier: Apache-2.0
package io.kurier.formats;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** The readers of a format in one framing, and records that they can read. */
final class Reading {
    private static final String TOPIC = "hostile";

    private final List<Deserializer<?>> readers = new ArrayList<>();
    private final List<HostileRecord> records = new ArrayList<>();
    private final List<byte[]> levels;
    private final Map<String, String> writing;
    private final Map<String, String> reading;

    private Reading(String format, FramingChoice framing, List<byte[]> levels) {
        this.writing = framing.written().config(format);
        this.reading = framing.read().config(format);
        this.levels = levels;
    }

    /** Creates the readers and the records of a format. */
    static Reading of(String format, FramingChoice framing) {
        return switch (format) {
            case "text" -> Texts.fill(new Reading(format, framing, Texts.LEVELS));
            case "json" -> JsonValues.fill(new Reading(format, framing, JsonValues.LEVELS));
            // its keys are those of json
            case "json3" -> JsonValues.fillByJackson3(new Reading("json", framing, JsonValues.LEVELS));
            case "avro" -> AvroValues.fill(new Reading(format, framing, AvroValues.LEVELS));
            case "protobuf" -> ProtobufValues.fill(new Reading(format, framing, ProtobufValues.LEVELS));
            default -> throw new IllegalArgumentException(format);
        };
    }

    /** Adds readers. */
    Reading with(Deserializer<?>... some) {
        for (Deserializer<?> reader : some) {
            reader.configure(reading, false);
            readers.add(reader);
        }
        return this;
    }

    /** Adds the records of some values. */
    @SafeVarargs
    final <T> Reading with(Serializer<T> serializer, T... values) {
        serializer.configure(writing, false);
        for (T value : values) {
            Headers headers = new RecordHeaders();
            byte[] bytes = Objects.requireNonNull(serializer.serialize(TOPIC, headers, value));
            records.add(new HostileRecord(bytes, headers));
        }
        return this;
    }

    List<HostileRecord> records() {
        return List.copyOf(records);
    }

    /** Returns bytes that begin a further level of nesting. */
    List<byte[]> levels() {
        return levels;
    }

    /**
     * Reads a record by all readers, as an array and as a part of a buffer, and returns how many could.
     *
     * @throws RuntimeException if one of them fails with anything but a {@code SerializationException}
     */
    int read(HostileRecord record) {
        int could = 0;
        for (Deserializer<?> reader : readers) {
            boolean asArray = isRead(() -> reader.deserialize(TOPIC, record.headers(), record.value()));
            ByteBuffer part = ByteBuffer.allocate(record.value().length + 2);
            part.position(1).put(record.value()).flip().position(1);
            boolean asBuffer = isRead(() -> reader.deserialize(TOPIC, record.headers(), part));
            if (asArray != asBuffer) {
                throw new IllegalStateException(reader + " reads the array: " + asArray + ", the buffer: " + asBuffer);
            }
            could += asArray ? 1 : 0;
        }
        return could;
    }

    private static boolean isRead(Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (SerializationException e) {
            return false;
        }
    }
}
