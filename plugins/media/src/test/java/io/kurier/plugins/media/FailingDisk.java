// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.media;

import io.kurier.plugins.files.FileFormat;
import io.kurier.plugins.files.FileSourceConfig;
import io.kurier.plugins.files.FileSourceConnector;
import io.kurier.plugins.files.FileSourceTask;
import io.kurier.serializers.media.Blob;
import io.kurier.serializers.media.BlobChunks;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** The media format on a disk that fails at byte 1,500 of each file that has more than 1,600 bytes. */
final class FailingDisk implements FileFormat {
    private static final int BAD = 1500;

    private final StoredChunks chunks;

    private FailingDisk(StoredChunks chunks) {
        this.chunks = chunks;
    }

    @Override
    public String serializer() {
        return "bytes";
    }

    @Override
    public List<String> include() {
        return List.of("*");
    }

    @Override
    public Opener opener(FileSourceConfig config) {
        return (input, from) -> {
            InputStream content = input.size() > BAD + 100 ? failing(input) : input;
            return new MediaFile(
                    input,
                    from,
                    "k",
                    new MediaFile.Rules(BlobChunks.MIN_CHUNK_BYTES, 0),
                    chunks,
                    id -> new BlobChunks(Blob.of(content), BlobChunks.MIN_CHUNK_BYTES, id));
        };
    }

    private static InputStream failing(InputStream input) {
        return new FilterInputStream(input) {
            private int count;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (count >= BAD) {
                    throw new IOException("the disk is on fire");
                }
                int read = super.read(target, offset, Math.min(length, BAD - count));
                count += Math.max(0, read);
                return read;
            }
        };
    }

    /** Its connector. */
    public static final class Connector extends FileSourceConnector {
        /** As Connect wants it. */
        public Connector() {
            super(Task.class, new FailingDisk(new StoredChunks()));
        }
    }

    /** Its task. */
    public static final class Task extends FileSourceTask {
        private final StoredChunks chunks;

        /** As Connect wants it. */
        public Task() {
            this(new StoredChunks());
        }

        private Task(StoredChunks chunks) {
            super(new FailingDisk(chunks));
            this.chunks = chunks;
        }

        @Override
        public void commitRecord(SourceRecord record, @Nullable RecordMetadata metadata) {
            chunks.ended(record, metadata);
        }
    }
}
