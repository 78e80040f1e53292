// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import io.kurier.StartException;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.plugins.host.internal.records.RecordException.Stage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Makes the bytes of keys or values if the properties name neither a converter nor a serializer: text in UTF-8 as
 * Connect's {@code StringConverter} does, bytes unchanged, everything else as JSON by Connect's {@code JsonConverter}.
 * Null stays null, so that a tombstone remains one.
 */
final class DefaultConversion implements Conversion {
    private final Stage stage;
    private final PluginSpec<Converter> jsonSpec;
    private final PluginCalls calls;
    private @Nullable ConverterConversion json;

    /**
     * Creates the conversion.
     *
     * @param json Connect's converter to JSON, which is created for the first record that needs it
     */
    DefaultConversion(Stage stage, PluginSpec<Converter> json, PluginCalls calls) {
        this.stage = stage;
        this.jsonSpec = json;
        this.calls = calls;
    }

    @Override
    public @Nullable Object convert(
            SourceRecord record, @Nullable Headers headers, @Nullable Schema schema, @Nullable Object data)
            throws RecordException, InterruptedException {
        if (data == null || data instanceof byte[]) {
            return data;
        }
        if (data instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        if (data instanceof ByteBuffer buffer) {
            return Buffers.bytes(buffer);
        }
        return json().convert(record, headers, schema, data);
    }

    private ConverterConversion json() throws RecordException {
        ConverterConversion made = json;
        if (made == null) {
            try {
                made = new ConverterConversion(stage, jsonSpec.create(), calls);
            } catch (StartException e) {
                throw new RecordException(stage, DefaultConversion.class, ThrowableText.reason(e), e);
            }
            json = made;
        }
        return made;
    }

    @Override
    public void close() {
        if (json != null) {
            json.close();
        }
    }
}
