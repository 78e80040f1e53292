// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.Receipt;
import io.kurier.serializers.media.BlobStore;
import io.kurier.serializers.media.MediaDeserializer;
import io.kurier.serializers.media.MediaHeaders;
import io.kurier.serializers.media.MediaPart;
import io.kurier.serializers.media.MediaReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Verifies blobs: a single record by its bytes, and a larger blob by its manifest, for which a reader must have
 * delivered a complete blob.
 */
final class MediaVerifier implements Verifier {
    private final MediaDeserializer deserializer = new MediaDeserializer();
    private final MediaReader<String> reader;
    /** The files of larger blobs by the blobs' ids; those that are delivered are removed. */
    private final Map<String, String> undelivered = new ConcurrentSkipListMap<>();
    /** The reasons why blobs were given up, by id. */
    private final Map<String, String> reasons = new HashMap<>();

    MediaVerifier() {
        this.reader = new MediaReader<>(
                BlobStore.digestOnly(),
                blob -> reasons.put(blob.id().toString(), blob.reason().words()));
    }

    @Override
    public ContentHash sent(SourceRecord record) {
        if (isManifest(record)) {
            undelivered.put(header(record, MediaHeaders.ID), String.valueOf(record.key()));
        }
        return ContentHash.of(String.valueOf(record.key()), (byte[]) record.value());
    }

    /** Returns true for a manifest, and for a blob of a single record. */
    @Override
    public boolean completes(SourceRecord record) {
        return record.headers().lastWithName(MediaHeaders.CHUNK) == null;
    }

    /**
     * The bytes of a larger blob count with its manifest, so that those of a blob that was given up half way do not.
     */
    @Override
    public long contentBytes(SourceRecord record, Receipt receipt) {
        if (!completes(record)) {
            return 0;
        }
        return isManifest(record) && record.sourceOffset().get("position") instanceof Long size
                ? size
                : receipt.valueBytes();
    }

    @Override
    public @Nullable ContentHash read(ConsumerRecord<byte[], byte[]> record) {
        MediaPart part;
        try {
            part = deserializer.deserialize(record.topic(), record.headers(), record.value());
            ConsumerRecord<byte[], MediaPart> read =
                    new ConsumerRecord<>(record.topic(), record.partition(), record.offset(), record.key(), part);
            reader.read(read).flatMap(blob -> blob.id()).ifPresent(id -> undelivered.remove(id.toString()));
        } catch (SerializationException e) {
            return null; // the ledger reports it
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String key = record.key() == null ? "null" : new String(record.key(), UTF_8);
        return part == null ? null : ContentHash.of(key, record.value());
    }

    @Override
    public List<String> differences() {
        List<String> differences = new ArrayList<>();
        undelivered.forEach((id, file) -> differences.add(
                file + ": no reader will deliver it: " + reasons.getOrDefault(id, "its manifest was not read")));
        return differences;
    }

    private static boolean isManifest(SourceRecord record) {
        return record.headers().lastWithName(MediaHeaders.MANIFEST) != null;
    }

    private static String header(SourceRecord record, String name) {
        return String.valueOf(record.headers().lastWithName(name).value());
    }
}
