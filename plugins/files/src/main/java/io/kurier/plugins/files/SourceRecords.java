// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Makes Kafka Connect's records of what a format read: adds topic, source offset, and the keys and headers asked for. */
final class SourceRecords {

    static final String FILE = "file";
    static final String PATH = "path";
    static final String LINE = "line";
    static final String POSITION = "position";
    static final List<String> HEADERS = List.of(FILE, PATH, LINE, POSITION);

    private final String topic;
    private final String key;
    private final List<String> headers;

    SourceRecords(FileSourceConfig config) {
        this.topic = config.topic();
        this.key = config.key();
        this.headers = config.headers();
    }

    /**
     * Returns the record of a value.
     *
     * @param reader the reader that returned the value last
     * @param before the position in bytes before the value was read
     */
    SourceRecord of(ReadResult.Value value, TrackedFile file, FileIdentity identity, RecordReader reader, long before) {
        Object recordKey = value.key();
        Schema keySchema = value.keySchema();
        if (key.equals(KeyChoice.FILE) || key.equals(KeyChoice.PATH)) {
            recordKey = key.equals(KeyChoice.FILE) ? nameOf(file) : file.name;
            keySchema = Schema.STRING_SCHEMA;
        }
        return new SourceRecord(
                file.partition,
                new SourceOffset(value.after(), identity),
                topic,
                null,
                keySchema,
                recordKey,
                value.schema(),
                value.value(),
                null,
                headers.isEmpty() ? value.headers() : withHeaders(value, file, reader, before));
    }

    private Iterable<Header> withHeaders(ReadResult.Value value, TrackedFile file, RecordReader reader, long before) {
        ConnectHeaders all = new ConnectHeaders(value.headers());
        for (String header : headers) {
            String text = text(header, value, file, reader, before);
            if (text != null) {
                all.addString("file." + (header.equals(FILE) ? "name" : header), text); // any converter keeps a string
            }
        }
        return all;
    }

    private static @Nullable String text(
            String header, ReadResult.Value value, TrackedFile file, RecordReader reader, long before) {
        return switch (header) {
            case FILE -> nameOf(file);
            case PATH -> file.name;
            case LINE -> {
                long line = reader.recordLine() > 0
                        ? reader.recordLine()
                        : value.after().line();
                yield line == 0 ? null : Long.toString(line);
            }
            default -> Long.toString(reader.recordStart() >= 0 ? reader.recordStart() : before);
        };
    }

    private static String nameOf(TrackedFile file) {
        return String.valueOf(Path.of(file.name).getFileName());
    }
}
