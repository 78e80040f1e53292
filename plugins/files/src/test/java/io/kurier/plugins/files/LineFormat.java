// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.connect.data.Schema;

/** Lines of ASCII for tests. */
final class LineFormat implements FileFormat {

    @Override
    public String serializer() {
        return "text";
    }

    @Override
    public List<String> include() {
        return List.of("*.txt");
    }

    @Override
    public Opener opener(FileSourceConfig config) {
        return (input, from) -> new LineReader(
                input,
                from,
                LineEnds.ASCII,
                config.maxRecordBytes(),
                (bytes, offset, length, after) -> ReadResult.Value.of(
                        Schema.STRING_SCHEMA, new String(bytes, offset, length, StandardCharsets.US_ASCII), after));
    }

    /** Its connector. */
    public static final class Connector extends FileSourceConnector {
        /** As Connect wants it. */
        public Connector() {
            super(Task.class, new LineFormat());
        }
    }

    /** Its task. */
    public static final class Task extends FileSourceTask {
        /** As Connect wants it. */
        public Task() {
            super(new LineFormat());
        }
    }
}
