// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.media;

import io.kurier.serializers.media.MediaHeaders;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of the chunks of the blob that a task is reading. The task's thread adds chunks; any thread reports how
 * they ended.
 */
final class StoredChunks {
    private static final int NONE = -1;

    private String id = "";
    private long open;
    private int partition = NONE;
    private @Nullable String loss;

    /**
     * Adds a chunk that was returned by the poll. The first of an id begins a blob; outcomes of other blobs are ignored
     * from then on.
     */
    synchronized void handedOver(String ofBlob) {
        if (!ofBlob.equals(id)) {
            id = ofBlob;
            open = 0;
            partition = NONE;
            loss = null;
        }
        open++;
    }

    /**
     * Records the end of a record; one that is not a chunk of the blob is ignored.
     *
     * @param stored where it is; null if it was left out
     */
    synchronized void ended(SourceRecord record, @Nullable RecordMetadata stored) {
        Header ofBlob = record.headers().lastWithName(MediaHeaders.ID);
        boolean isChunk = record.headers().lastWithName(MediaHeaders.CHUNK) != null;
        if (!isChunk || ofBlob == null || !id.equals(ofBlob.value())) {
            return;
        }
        open--;
        if (stored == null) {
            loss = "a chunk was refused and left out, as errors.tolerance=all or a transformation has it; the log tells"
                    + " why";
        } else if (partition == NONE) {
            partition = stored.partition();
        } else if (partition != stored.partition()) {
            loss = "its chunks came into different partitions. Take a partitioner that goes by the key; if partitions"
                    + " were added meanwhile, restart the connector";
        }
    }

    /** Returns whether all chunks that were added have ended. */
    synchronized boolean haveEnded() {
        return open == 0;
    }

    /** Returns why the blob can no longer be complete; null if it can. */
    synchronized @Nullable String loss() {
        return loss;
    }
}
