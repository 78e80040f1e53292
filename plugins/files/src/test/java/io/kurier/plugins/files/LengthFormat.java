// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.io.IOException;
import java.util.List;
import org.apache.kafka.connect.data.Schema;

/**
 * A binary format for tests, as small as one can be: a record is a byte with its length and that many bytes. Length 255
 * is a record that is refused, length 254 an error behind which nothing can be read, 253 an input error.
 */
final class LengthFormat implements FileFormat {

    @Override
    public String serializer() {
        return "bytes";
    }

    @Override
    public List<String> include() {
        return List.of("*.bin");
    }

    @Override
    public Opener opener(FileSourceConfig config) {
        return (input, from) -> new RecordReader() {
            @Override
            public ReadResult next() throws IOException {
                int length = input.read();
                return switch (length) {
                    case -1 -> ReadResult.End.COMPLETE;
                    case 255 ->
                        ReadResult.Rejected.of("byte " + input.position(), "refused", Position.of(input.position(), 0));
                    case 254 -> new ReadResult.Broken("byte " + input.position(), "broken");
                    case 253 -> throw new IOException("the disk is on fire");
                    default -> record(length);
                };
            }

            private ReadResult record(int length) throws IOException {
                byte[] value = input.readNBytes(length);
                if (value.length == length) {
                    return ReadResult.Value.of(Schema.BYTES_SCHEMA, value, Position.of(input.position(), 0));
                }
                return input.settled() ? new ReadResult.Broken("", "cut short") : ReadResult.End.UNFINISHED;
            }
        };
    }

    /** Its connector. */
    public static final class Connector extends FileSourceConnector {
        /** As Connect wants it. */
        public Connector() {
            super(Task.class, new LengthFormat());
        }
    }

    /** Its task. */
    public static final class Task extends FileSourceTask {
        /** As Connect wants it. */
        public Task() {
            super(new LengthFormat());
        }
    }
}
