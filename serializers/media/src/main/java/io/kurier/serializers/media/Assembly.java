// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import io.kurier.serializers.media.UndeliveredBlob.Reason;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A larger blob of one partition between its first chunk and its manifest. */
final class Assembly<B> {
    /** The identity of a blob: one id in two partitions is two blobs, neither of which can be complete. */
    record Key(TopicPartition partition, UUID id) {}

    private final Key key;
    private final long firstOffset;
    private final BlobStore.Draft<B> draft;
    private final ChunkDigest digest = new ChunkDigest();
    private long lastOffset;
    private long chunks;
    /** The highest index that was read, of a chunk that was used or not. */
    private long highest = -1;

    private long bytes;

    Assembly(Key key, long firstOffset, BlobStore.Draft<B> draft) {
        this.key = key;
        this.firstOffset = firstOffset;
        this.lastOffset = firstOffset;
        this.draft = draft;
    }

    Key key() {
        return key;
    }

    long firstOffset() {
        return firstOffset;
    }

    /** Returns the offset of the last chunk that was used. */
    long lastOffset() {
        return lastOffset;
    }

    /** Records that a chunk was read, whether it is used or not. */
    void seen(long index) {
        highest = Math.max(highest, index);
    }

    /** Returns the index of the next chunk. */
    long chunks() {
        return chunks;
    }

    /** Uses the next chunk. */
    void append(byte[] chunk, long offset) throws IOException {
        draft.append(chunk);
        digest.update(chunk);
        lastOffset = offset;
        chunks++;
        bytes += chunk.length;
    }

    /** Returns why the chunks are not the blob that the manifest describes; null if they are. Called once. */
    @Nullable
    Reason difference(MediaPart.Manifest manifest) {
        if (manifest.chunks() != chunks) {
            return highest >= chunks ? Reason.GAP : Reason.CHUNKS_DIFFER;
        }
        if (manifest.size() != bytes) {
            return Reason.SIZE_DIFFERS;
        }
        return manifest.sha256().equals(digest.end()) ? null : Reason.DIGEST_DIFFERS;
    }

    ReceivedBlob<B> keep(MediaPart.Manifest manifest, ConsumerRecord<?, ?> last) throws IOException {
        return new ReceivedBlob<>(
                Optional.of(key.id()),
                manifest.name(),
                Optional.of(manifest.contentType()),
                bytes,
                chunks,
                manifest.sha256(),
                draft.keep(manifest.sha256()),
                last.topic(),
                last.partition(),
                last.offset());
    }

    BlobStore.Draft<B> draft() {
        return draft;
    }

    UnfinishedBlob toUnfinished() {
        TopicPartition partition = key.partition();
        return new UnfinishedBlob(key.id(), partition.topic(), partition.partition(), firstOffset, chunks, bytes);
    }
}
