// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.kurier.Printable;
import io.kurier.cli.records.ByteText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Columns with a tab between them: partition, offset, timestamp, headers, key, value. */
final class PlainLines implements RecordLines {
    private static final String NONE = "-";

    @Override
    public String decoded(ConsumerRecord<byte[], byte[]> record, JsonNode value) {
        return line(record, ByteText.shown(value));
    }

    @Override
    public String undecoded(ConsumerRecord<byte[], byte[]> record, String reason) {
        return line(record, "not decoded: " + reason);
    }

    @Override
    public String undelivered(String topic, int partition, long offset, String reason) {
        return columns(String.valueOf(partition), String.valueOf(offset), NONE, NONE, NONE, "not decoded: " + reason);
    }

    private static String line(ConsumerRecord<byte[], byte[]> record, String value) {
        return columns(
                String.valueOf(record.partition()),
                String.valueOf(record.offset()),
                record.timestamp() < 0
                        ? NONE
                        : Instant.ofEpochMilli(record.timestamp()).toString(),
                headers(record),
                bytes(record.key()),
                value);
    }

    private static String headers(ConsumerRecord<byte[], byte[]> record) {
        List<String> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(header.key() + "=" + bytes(header.value()));
        }
        return headers.isEmpty() ? NONE : String.join(",", headers);
    }

    private static String bytes(byte[] bytes) {
        return ByteText.shown(ByteText.toJson(bytes));
    }

    private static String columns(String... columns) {
        return Stream.of(columns).map(Printable::of).collect(Collectors.joining("\t"));
    }
}
