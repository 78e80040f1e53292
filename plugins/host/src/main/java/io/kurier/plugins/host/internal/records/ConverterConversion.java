// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import io.kurier.plugins.host.internal.records.RecordException.Stage;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;

/** Converts keys or values by the converter that the properties name. */
final class ConverterConversion implements Conversion {
    private final Stage stage;
    private final ConfiguredPlugin<Converter> converter;
    private final PluginCalls calls;

    ConverterConversion(Stage stage, ConfiguredPlugin<Converter> converter, PluginCalls calls) {
        this.stage = stage;
        this.converter = converter;
        this.calls = calls;
    }

    @Override
    public @Nullable Object convert(
            SourceRecord record, @Nullable Headers headers, @Nullable Schema schema, @Nullable Object data)
            throws RecordException, InterruptedException {
        return calls.<Converter, byte @Nullable []>call(
                stage,
                converter,
                record,
                () -> converter.object().fromConnectData(record.topic(), headers, schema, data));
    }

    @Override
    public boolean usesHeaders() {
        return true;
    }

    @Override
    public void close() {
        converter.close();
    }
}
