// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.media;

import io.kurier.plugins.files.FileSourceTask;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** The task of the media connector. */
public final class MediaSourceTask extends FileSourceTask {

    private final StoredChunks chunks;

    /** For Kafka Connect, which creates tasks by class name. */
    public MediaSourceTask() {
        this(new StoredChunks());
    }

    private MediaSourceTask(StoredChunks chunks) {
        super(new MediaFormat(chunks));
        this.chunks = chunks;
    }

    /**
     * Records that a record is stored, or was left out: a manifest waits for all chunks. Safe for use by any thread.
     */
    @Override
    public void commitRecord(SourceRecord record, @Nullable RecordMetadata metadata) {
        super.commitRecord(record, metadata);
        chunks.ended(record, metadata);
    }
}
