// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Header;
import org.jspecify.annotations.Nullable;

/** The result of one step of a {@link RecordReader}. */
public sealed interface ReadResult {

    /**
     * A record to publish: a value with its key, headers and position.
     *
     * @param keySchema the schema of the key, or null
     * @param key the key, or null
     * @param schema the schema of the value, or null for a value without one
     * @param value the value; never null, because that would be a tombstone
     * @param headers the headers, in order
     * @param after where the record ends
     */
    record Value(
            @Nullable Schema keySchema,
            @Nullable Object key,
            @Nullable Schema schema,
            Object value,
            Iterable<Header> headers,
            Position after)
            implements ReadResult {

        /** Returns a record with a value only. */
        public static Value of(@Nullable Schema schema, Object value, Position after) {
            return new Value(null, null, schema, value, List.of(), after);
        }

        /** Names the position only: keys and values may be confidential. */
        @Override
        public String toString() {
            return "Value[after=" + after + "]";
        }
    }

    /**
     * A part of the file that cannot be published; reading continues behind it.
     *
     * @param where the position, for messages: {@code line 7}
     * @param reason why, as text that shows nothing of the input
     * @param after where the refused part ends
     * @param content the part as it is in the file, for a dead letter; null if it is not at hand, or larger than
     *     {@link FileSourceConfig#maxRecordBytes()}
     */
    record Rejected(String where, String reason, Position after, byte @Nullable [] content) implements ReadResult {

        /** Returns a refused part whose content is not at hand. */
        public static Rejected of(String where, String reason, Position after) {
            return new Rejected(where, reason, after, null);
        }

        /** Returns the same with the content of the part. */
        public Rejected with(byte[] bytes) {
            return new Rejected(where, reason, after, bytes);
        }

        /** Does not show the content, which may be confidential. */
        @Override
        public String toString() {
            return "Rejected[where=" + where + ", reason=" + reason + ", after=" + after + "]";
        }
    }

    /**
     * Returns the reason for rejecting a record larger than {@link FileSourceConfig#maxRecordBytes()}.
     *
     * @param size the part and its size in bytes: {@code the line has 70}
     * @param maxBytes the maximum size in bytes
     */
    static String tooLarge(String size, int maxBytes) {
        return size + " bytes, more than max.record.bytes=" + maxBytes
                + ". Raise max.record.bytes, and the size limits of the producer and of the topic with it";
    }

    /**
     * An error behind which nothing can be read, because it is unknown where the next record starts. What was read
     * before it remains valid. The file is tried again, from the last record on, when it has changed.
     *
     * @param where the position, for messages: {@code line 3, column 14}; empty if it is the whole file
     * @param reason why, as text that shows nothing of the input
     */
    record Broken(String where, String reason) implements ReadResult {}

    /** There is nothing to read at present, but this is not the end. */
    enum Pause implements ReadResult {
        /**
         * The records returned so far must be stored before more may follow, which the task learns in
         * {@code commitRecord}. The reader is called again at the next poll; until then the file stays open.
         */
        UNTIL_STORED
    }

    /** The end of the input. */
    enum End implements ReadResult {
        /** All was read. */
        COMPLETE,
        /**
         * What comes next cannot be read yet. Either a record has begun and may still be being written, which is
         * possible only in a file that is not {@link FileInput#settled()}; or the file {@link FileInput#hasChanged()}
         * while it was read. It is opened again, at the position behind the last record, at the next scan.
         */
        UNFINISHED
    }
}
