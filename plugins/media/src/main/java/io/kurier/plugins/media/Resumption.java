// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.media;

import io.kurier.plugins.files.Position;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What an offset in the middle of a file says: which part of which blob is stored, of which file. Immutable.
 *
 * @param blob the id of the blob, a UUID
 * @param stored what is known to be stored of it
 * @param chunkBytes the size of its chunks
 * @param file the file when it was read
 * @param sent when the offset was made, in milliseconds since 1970 by this machine's clock
 */
record Resumption(String blob, StoredChunks.Stored stored, int chunkBytes, FileVersion file, long sent) {
    private static final String BLOB = "blob";
    private static final String CHUNKS = "chunks";
    private static final String CRC = "crc32c";
    private static final String TOPIC = "topic";
    private static final String PARTITION = "partition";
    private static final String CHUNK_BYTES = "chunk.bytes";
    private static final String SIZE = "size";
    private static final String MODIFIED = "modified";
    private static final String SENT = "sent";

    /** Returns the position behind the stored part. */
    Position position() {
        StoredChunks.Part part = stored.part();
        return new Position(
                part.bytes(),
                0,
                Map.of(
                        BLOB, blob,
                        CHUNKS, part.chunks(),
                        CRC, part.crc32c(),
                        TOPIC, stored.place().topic(),
                        PARTITION, (long) stored.place().partition(),
                        CHUNK_BYTES, (long) chunkBytes,
                        SIZE, file.size(),
                        MODIFIED, file.modified(),
                        SENT, sent));
    }

    /** Returns what a position says; null if it says nothing of a blob, or nothing that {@link #position} makes. */
    static @Nullable Resumption of(Position position) {
        Map<String, Object> marks = position.marks();
        if (position.bytes() == 0
                || position.number(CHUNKS) <= 0
                || !(marks.get(BLOB) instanceof String blob)
                || !isUuid(blob)
                || !(marks.get(TOPIC) instanceof String topic)
                || !(marks.get(MODIFIED) instanceof String modified)) {
            return null;
        }
        return new Resumption(
                blob,
                new StoredChunks.Stored(
                        new StoredChunks.Part(position.number(CHUNKS), position.bytes(), position.number(CRC)),
                        new TopicPartition(topic, (int) position.number(PARTITION))),
                (int) position.number(CHUNK_BYTES),
                new FileVersion(position.number(SIZE), modified),
                position.number(SENT));
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Returns why the blob cannot be continued, as a clause for the log; null if it can, as far as the attributes of the
     * file show.
     *
     * @param withinMillis how long ago the offset may have been made
     * @param now in milliseconds since 1970
     */
    @Nullable
    String obstacle(int chunkBytesNow, @Nullable FileVersion fileNow, long withinMillis, long now) {
        if (!file.equals(fileNow)) {
            return "it has changed";
        }
        if (chunkBytes != chunkBytesNow) {
            return "chunk.bytes was " + chunkBytes + " and is " + chunkBytesNow;
        }
        if (withinMillis == 0 || sent > now || now - sent > withinMillis) {
            return "its last chunk is not known to have been sent within " + MediaFormat.RESUME_WITHIN + "="
                    + withinMillis + " before now, and readers may have given it up";
        }
        return null;
    }
}
