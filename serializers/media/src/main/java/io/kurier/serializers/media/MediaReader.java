// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import io.kurier.serializers.media.UndeliveredBlob.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Assembles blobs from the records of a {@code KafkaConsumer}, and delivers only complete ones: chunks from 0 on, in
 * order, in one partition, with the number, size and SHA-256 that the manifest names.
 *
 * <p>Records of several publishers' blobs may be interleaved. A chunk that was read already is skipped: a publisher that
 * was interrupted repeats chunks when it continues, and a producer that is not idempotent may repeat any. A chunk with a
 * higher index than the next one is not used, and the blob stays unfinished until the missing one comes, because an
 * interrupted publisher continues there; it is given up at its manifest, or by the limits. Whatever comes, the digest
 * decides. A blob that is given up is reported once.
 *
 * <p>It keeps no content in memory: chunks go to a {@link BlobStore} as they arrive. Used by one thread, that of the
 * consumer.
 *
 * @param <B> represents the content of a blob that was delivered
 */
public final class MediaReader<B> implements AutoCloseable {
    /** The default limit of blobs that are unfinished at the same time. */
    public static final int DEFAULT_MAX_UNFINISHED = 1_000;

    /** The default limit of offsets after the last chunk of an unfinished blob that was used. */
    public static final long DEFAULT_MAX_BEHIND = 100_000;

    /** The number of ids that are kept, so that late records of a finished blob are ignored. */
    private static final int MAX_SETTLED = 10_000;

    private final BlobStore<B> store;
    private final Consumer<UndeliveredBlob> undelivered;
    private final int maxUnfinished;
    private final long maxBehind;
    /** In the order of the last chunks that were used, the one that has waited longest first. */
    private final Map<Assembly.Key, Assembly<B>> unfinished = new LinkedHashMap<>();

    private final Set<Assembly.Key> settled = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Assembly.Key, Boolean> eldest) {
            return size() > MAX_SETTLED;
        }
    });

    /** The offset of the last record that was read of each partition. */
    private final Map<TopicPartition, Long> offsets = new HashMap<>();

    /**
     * Creates a reader that keeps up to {@link #DEFAULT_MAX_UNFINISHED} unfinished blobs, each for {@link
     * #DEFAULT_MAX_BEHIND} offsets.
     *
     * @param store stores the content
     * @param undelivered called for each blob that is given up, in the thread of {@link #read}
     */
    public MediaReader(BlobStore<B> store, Consumer<UndeliveredBlob> undelivered) {
        this(store, undelivered, DEFAULT_MAX_UNFINISHED, DEFAULT_MAX_BEHIND);
    }

    /**
     * Creates a reader.
     *
     * @param store stores the content
     * @param undelivered called for each blob that is given up, in the thread of {@link #read}
     * @param maxUnfinished how many blobs may be unfinished at a time, at least 1; with one more, the one that has
     *     waited longest for its next record is given up
     * @param maxBehind how many offsets may follow the last chunk of a blob in its partition before it is given up, at
     *     least 1: a publisher that died half way must not hold {@link #committable} back forever. The number of
     *     records that all publishers send to the partition between two chunks of one blob must be below it, also if
     *     the publisher is interrupted between them. Chunks that are not used do not count as chunks of the blob
     */
    public MediaReader(BlobStore<B> store, Consumer<UndeliveredBlob> undelivered, int maxUnfinished, long maxBehind) {
        if (maxUnfinished < 1 || maxBehind < 1) {
            throw new IllegalArgumentException("at least one blob must be allowed to be unfinished, and one record to"
                    + " lie between its chunks");
        }
        this.store = store;
        this.undelivered = undelivered;
        this.maxUnfinished = maxUnfinished;
        this.maxBehind = maxBehind;
    }

    /**
     * Processes the next record of a partition. A record whose offset is not above the last one of its partition means
     * that the consumer went back: unfinished blobs of the partition begin again, and blobs are delivered again.
     *
     * @param record the record; the bytes of a chunk must not be changed afterwards, since they are hashed meanwhile
     *
     * @return the blob that this record completes; empty for most chunks, and for tombstones
     * @throws IOException if the content cannot be stored; the blob is not delivered then, unless its records are read
     *     again from the offset that the message names
     */
    public Optional<ReceivedBlob<B>> read(ConsumerRecord<?, MediaPart> record) throws IOException {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        Long last = offsets.get(partition);
        if (last != null && record.offset() <= last) {
            forget(partition);
        }
        giveUpAbandoned(partition, record.offset());
        offsets.put(partition, record.offset());
        MediaPart part = record.value();
        if (part instanceof MediaPart.Whole whole) {
            return Optional.of(whole(whole.blob(), record, partition));
        }
        if (part instanceof MediaPart.Chunk chunk) {
            chunk(new Assembly.Key(partition, chunk.id()), chunk, record.offset());
        }
        return part instanceof MediaPart.Manifest manifest
                ? manifest(new Assembly.Key(partition, manifest.id()), manifest, record)
                : Optional.empty();
    }

    /** Returns the unfinished blobs, the one that has waited longest first. */
    public List<UnfinishedBlob> unfinished() {
        return unfinished.values().stream().map(Assembly::toUnfinished).toList();
    }

    /**
     * Returns the offsets that may be committed so that nothing is lost if the consumer restarts: for each partition
     * the offset after the last record that was read, or that of the first chunk of a blob that is unfinished. A blob
     * that its publisher never ends holds the offset back until the blob is given up, after some records or because
     * others are unfinished too; see the constructor.
     */
    public Map<TopicPartition, OffsetAndMetadata> committable() {
        Map<TopicPartition, Long> next = new HashMap<>();
        offsets.forEach((partition, offset) -> next.put(partition, offset + 1));
        unfinished.values().forEach(blob -> next.merge(blob.key().partition(), blob.firstOffset(), Math::min));
        Map<TopicPartition, OffsetAndMetadata> committable = new HashMap<>();
        next.forEach((partition, offset) -> committable.put(partition, new OffsetAndMetadata(offset)));
        return committable;
    }

    /**
     * Drops the state of a partition without reporting it: the partition was revoked, or the consumer is about to read
     * elsewhere.
     *
     * @throws UncheckedIOException if the store cannot remove what it has of an unfinished blob
     */
    public void forget(TopicPartition partition) {
        offsets.remove(partition);
        settled.removeIf(key -> key.partition().equals(partition));
        discard(key -> key.partition().equals(partition));
    }

    /**
     * Drops all unfinished blobs without reporting them.
     *
     * @throws UncheckedIOException if the store cannot remove what it has of one
     */
    @Override
    public void close() {
        discard(key -> true);
    }

    private ReceivedBlob<B> whole(Blob blob, ConsumerRecord<?, ?> record, TopicPartition partition) throws IOException {
        byte[] bytes = bytes(blob);
        MessageDigest digest = Sha256.start();
        digest.update(bytes);
        String sha256 = Sha256.end(digest);
        BlobStore.Draft<B> draft;
        try {
            draft = store.begin(partition, record.offset());
        } catch (IOException e) {
            throw notStored(partition, record.offset(), e);
        }
        B content;
        try {
            draft.append(bytes);
            content = draft.keep(sha256);
        } catch (IOException e) {
            throw notStored(draft, partition, record.offset(), e);
        }
        return new ReceivedBlob<>(
                Optional.empty(),
                blob.name(),
                blob.contentType(),
                bytes.length,
                1,
                sha256,
                content,
                record.topic(),
                record.partition(),
                record.offset());
    }

    private static byte[] bytes(Blob blob) throws IOException {
        byte[] memory = blob.inMemory();
        if (memory != null) {
            return memory;
        }
        try (InputStream content = blob.open()) {
            return content.readAllBytes();
        }
    }

    private void chunk(Assembly.Key key, MediaPart.Chunk chunk, long offset) throws IOException {
        Assembly<B> blob = unfinished.get(key);
        if (blob == null) {
            if (settled.contains(key)) {
                return;
            }
            if (chunk.index() > 0) {
                giveUp(key, Reason.NO_START, offset);
                return;
            }
            blob = begin(key, offset);
        }
        blob.seen(chunk.index());
        if (chunk.index() == blob.chunks()) {
            unfinished.remove(key);
            unfinished.put(key, blob); // now the one that has waited least
            try {
                blob.append(chunk.bytes(), offset);
            } catch (IOException e) {
                settle(key);
                throw notStored(blob.draft(), key.partition(), blob.firstOffset(), e);
            }
        }
    }

    private Assembly<B> begin(Assembly.Key key, long offset) throws IOException {
        if (unfinished.size() >= maxUnfinished) {
            giveUp(unfinished.keySet().iterator().next(), Reason.TOO_MANY_UNFINISHED, offset);
        }
        BlobStore.Draft<B> draft;
        try {
            draft = store.begin(key.partition(), offset);
        } catch (IOException e) {
            settle(key);
            throw notStored(key.partition(), offset, e);
        }
        Assembly<B> blob = new Assembly<>(key, offset, draft);
        unfinished.put(key, blob);
        return blob;
    }

    /** Gives up the blobs that the partition has left behind; the others of the partition have waited less long. */
    private void giveUpAbandoned(TopicPartition partition, long offset) throws IOException {
        Assembly<B> quietest = quietest(partition);
        while (quietest != null && offset - quietest.lastOffset() > maxBehind) {
            giveUp(quietest.key(), Reason.ABANDONED, offset);
            quietest = quietest(partition);
        }
    }

    private @Nullable Assembly<B> quietest(TopicPartition partition) {
        for (Assembly<B> blob : unfinished.values()) {
            if (blob.key().partition().equals(partition)) {
                return blob;
            }
        }
        return null;
    }

    private Optional<ReceivedBlob<B>> manifest(
            Assembly.Key key, MediaPart.Manifest manifest, ConsumerRecord<?, ?> record) throws IOException {
        if (settled.contains(key)) {
            return Optional.empty();
        }
        Assembly<B> blob = unfinished.get(key);
        Reason difference = blob == null ? Reason.NO_START : blob.difference(manifest);
        if (blob == null || difference != null) {
            giveUp(key, difference == null ? Reason.NO_START : difference, record.offset());
            return Optional.empty();
        }
        settle(key);
        try {
            return Optional.of(blob.keep(manifest, record));
        } catch (IOException e) {
            throw notStored(blob.draft(), key.partition(), blob.firstOffset(), e);
        }
    }

    private void giveUp(Assembly.Key key, Reason reason, long offset) throws IOException {
        Assembly<B> blob = settle(key);
        TopicPartition partition = key.partition();
        try {
            undelivered.accept(new UndeliveredBlob(key.id(), partition.topic(), partition.partition(), offset, reason));
        } finally {
            if (blob != null) {
                blob.draft().discard();
            }
        }
    }

    private @Nullable Assembly<B> settle(Assembly.Key key) {
        settled.add(key);
        return unfinished.remove(key);
    }

    private static IOException notStored(
            BlobStore.Draft<?> draft, TopicPartition partition, long firstOffset, IOException e) {
        try {
            draft.discard();
        } catch (IOException discarding) {
            e.addSuppressed(discarding);
        }
        return notStored(partition, firstOffset, e);
    }

    private static IOException notStored(TopicPartition partition, long firstOffset, IOException e) {
        return new IOException(
                "the blob that begins at offset " + firstOffset + " of " + partition + " could not be stored: "
                        + e.getMessage() + ". To have it, seek to this offset and read on from there",
                e);
    }

    private void discard(Predicate<Assembly.Key> dropped) {
        List<Assembly<B>> blobs = unfinished.values().stream()
                .filter(blob -> dropped.test(blob.key()))
                .toList();
        UncheckedIOException failure = null;
        for (Assembly<B> blob : blobs) {
            unfinished.remove(blob.key());
            try {
                blob.draft().discard();
            } catch (IOException e) {
                failure = new UncheckedIOException("what was kept of an unfinished blob cannot be removed", e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
