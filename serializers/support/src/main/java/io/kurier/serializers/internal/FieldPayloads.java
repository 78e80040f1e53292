// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Frame;
import io.kurier.spi.FrameReader;
import io.kurier.spi.Framing;
import io.kurier.spi.PayloadSchema;
import java.util.Collection;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Finds the payloads of a topic's values behind their frames, for a reader of a field, with which it is closed. Safe
 * for use by any number of threads.
 */
public final class FieldPayloads implements AutoCloseable {
    private final FieldPath path;
    private final ReadLimits limits;
    private final Framing framing;
    private final FrameReader frames;

    /**
     * Creates the payloads of one topic.
     *
     * @param path the field, for errors
     * @param framing that of the topic's values
     * @param known the schemas that the reader has
     */
    public FieldPayloads(
            FieldPath path, ReadLimits limits, Framing framing, Collection<? extends PayloadSchema> known) {
        this.path = path;
        this.limits = limits;
        this.framing = framing;
        this.frames = framing.reader(known);
    }

    /**
     * Returns the frame of a record; it is not longer than the value.
     *
     * @param value that of the record
     * @throws SerializationException if the value has more bytes than may be read, or is not in its framing
     * @throws io.kurier.spi.NotReadyException if a server has to be asked first
     */
    public Frame frame(EncodedRecord record, byte[] value) {
        Frame frame;
        try {
            limits.checkSize(value.length);
            frame = frames.read(record.topic(), record.headers(), value, 0, value.length);
        } catch (LimitExceededException e) {
            throw path.unreadable(String.valueOf(e.getMessage()), null);
        } catch (SerializationException e) {
            throw path.unreadable(String.valueOf(e.getMessage()), e.getCause());
        }
        return frame.length() <= value.length ? frame : new Frame(frame.schema(), value.length);
    }

    @Override
    public void close() {
        framing.close();
    }
}
