// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import io.kurier.ArrayHeaders;
import io.kurier.plugins.host.internal.records.RecordException.Stage;
import java.nio.ByteBuffer;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.jspecify.annotations.Nullable;

/** Converts the headers of records. Used by one thread. */
final class HeaderConversion implements AutoCloseable {
    private final ConfiguredPlugin<HeaderConverter> converter;
    private final boolean keepsBytes;
    private final PluginCalls calls;

    /**
     * Creates the conversion.
     *
     * @param keepsBytes whether bytes stay as they are; Connect's default converter makes Base64 of them
     */
    HeaderConversion(ConfiguredPlugin<HeaderConverter> converter, boolean keepsBytes, PluginCalls calls) {
        this.converter = converter;
        this.keepsBytes = keepsBytes;
        this.calls = calls;
    }

    /** Returns the headers of a record whose topic is not null. */
    ArrayHeaders headers(SourceRecord record) throws RecordException, InterruptedException {
        ArrayHeaders headers = new ArrayHeaders();
        if (!record.headers().isEmpty()) {
            for (Header header : record.headers()) {
                add(headers, header.key(), bytes(record, header));
            }
        }
        return headers;
    }

    private void add(ArrayHeaders headers, String name, byte @Nullable [] value) throws RecordException {
        try {
            headers.add(name, value);
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new RecordException(
                    Stage.HEADER_CONVERTER,
                    HeaderConversion.class,
                    "the record has a header without a valid name: " + RecordText.reason(e, null),
                    e);
        }
    }

    private byte @Nullable [] bytes(SourceRecord record, Header header) throws RecordException, InterruptedException {
        Object value = header.value();
        if (keepsBytes && value instanceof byte[] bytes) {
            return bytes;
        }
        if (keepsBytes && value instanceof ByteBuffer buffer) {
            return Buffers.bytes(buffer);
        }
        return calls.<HeaderConverter, byte @Nullable []>call(
                Stage.HEADER_CONVERTER,
                converter,
                record,
                () -> converter.object().fromConnectHeader(record.topic(), header.key(), header.schema(), value));
    }

    @Override
    public void close() {
        converter.close();
    }
}
