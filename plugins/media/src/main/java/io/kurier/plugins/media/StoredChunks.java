// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.media;

import io.kurier.serializers.media.MediaHeaders;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of the chunks of the blob that a task is reading. The task's thread adds chunks; any thread reports how
 * they ended.
 */
final class StoredChunks {

    /**
     * The first chunks of a blob.
     *
     * @param chunks their number
     * @param bytes the number of their bytes
     * @param crc32c the CRC-32C of these bytes
     */
    record Part(long chunks, long bytes, long crc32c) {}

    /**
     * Chunks of a blob that are known to be stored, all in one partition.
     *
     * @param part all chunks before the first one of which that is not known
     * @param place the partition
     */
    record Stored(Part part, TopicPartition place) {}

    /** A chunk that was returned by the poll, until it and all before it are stored. */
    private static final class Chunk {
        /** The blob up to the end of this chunk. */
        private final Part upTo;

        private boolean ended;
        private boolean stored;

        private Chunk(Part upTo) {
            this.upTo = upTo;
        }

        private boolean is(String index) {
            return Long.toString(upTo.chunks() - 1).equals(index);
        }
    }

    private final Deque<Chunk> chunks = new ArrayDeque<>();
    private String id = "";
    private int underWay;
    private @Nullable TopicPartition place;
    private @Nullable Part stored;
    private @Nullable String loss;
    private boolean moved;

    /** Begins to continue a blob. */
    synchronized void resume(String blob, Stored known) {
        begin(blob);
        place = known.place();
        stored = known.part();
    }

    /**
     * Adds a chunk that was returned by the poll. The first of an id begins a blob; outcomes of other blobs are ignored
     * from then on.
     *
     * @param upTo the blob up to the end of this chunk
     */
    synchronized void handedOver(String ofBlob, Part upTo) {
        if (!ofBlob.equals(id)) {
            begin(ofBlob);
        }
        chunks.add(new Chunk(upTo));
        underWay++;
    }

    private void begin(String blob) {
        id = blob;
        chunks.clear();
        underWay = 0;
        place = null;
        stored = null;
        loss = null;
        moved = false;
    }

    /**
     * Records the end of a record; one that is not a chunk of the blob is ignored.
     *
     * @param metadata where it is; null if it was left out
     */
    synchronized void ended(SourceRecord record, @Nullable RecordMetadata metadata) {
        Header ofBlob = record.headers().lastWithName(MediaHeaders.ID);
        Header index = record.headers().lastWithName(MediaHeaders.CHUNK);
        if (index == null || ofBlob == null || !id.equals(ofBlob.value())) {
            return;
        }
        Chunk chunk = underWay(String.valueOf(index.value()));
        if (chunk == null) {
            return;
        }
        chunk.ended = true;
        underWay--;
        if (metadata == null) {
            loss = "a chunk was refused and left out, as errors.tolerance=all or a transformation has it; the log tells"
                    + " why";
            return;
        }
        TopicPartition in = new TopicPartition(metadata.topic(), metadata.partition());
        if (place == null) {
            place = in;
        }
        if (!in.equals(place)) {
            moved = true;
            loss = "its chunks came into different partitions. Take a partitioner that goes by the key; if partitions"
                    + " were added meanwhile, restart the connector";
            return;
        }
        chunk.stored = true;
        for (Chunk first = chunks.peek(); first != null && first.stored; first = chunks.peek()) {
            stored = first.upTo;
            chunks.remove();
        }
    }

    private @Nullable Chunk underWay(String index) {
        for (Chunk chunk : chunks) {
            if (!chunk.ended && chunk.is(index)) {
                return chunk;
            }
        }
        return null;
    }

    /** Returns whether all chunks that were added have ended. */
    synchronized boolean haveEnded() {
        return underWay == 0;
    }

    /** Returns why the blob can no longer be complete; null if it can. */
    synchronized @Nullable String loss() {
        return loss;
    }

    /** Returns whether a chunk came into another topic or partition than those before it. */
    synchronized boolean haveMoved() {
        return moved;
    }

    /** Returns what is known to be stored of the blob; null if nothing is. */
    synchronized @Nullable Stored stored() {
        return stored == null || place == null ? null : new Stored(stored, place);
    }
}
