// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Header;
import org.jspecify.annotations.Nullable;

/** What one step of a {@link RecordReader} came upon. */
public sealed interface ReadResult {

    /**
     * A record to publish: a value, and what goes with it.
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

        /** A record of a value only. */
        public static Value of(@Nullable Schema schema, Object value, Position after) {
            return new Value(null, null, schema, value, List.of(), after);
        }

        /** Names the place only: keys and values may be confidential. */
        @Override
        public String toString() {
            return "Value[after=" + after + "]";
        }
    }

    /**
     * A part of the file that cannot be published; reading goes on behind it.
     *
     * @param where the place, for people: {@code line 7}
     * @param reason why, in words that show nothing of the input
     * @param after where the refused part ends
     */
    record Rejected(String where, String reason, Position after) implements ReadResult {}

    /**
     * The reason why a record is rejected that is larger than {@link FileSourceConfig#maxRecordBytes()}.
     *
     * @param size what has how many bytes: {@code the line has 70}
     * @param maxBytes how many bytes it may have
     */
    static String tooLarge(String size, int maxBytes) {
        return size + " bytes, more than max.record.bytes=" + maxBytes
                + ". Raise max.record.bytes, and the size limits of the producer and of the topic with it";
    }

    /**
     * An error behind which nothing can be read, because nobody knows where the next record starts. What was read
     * before it stands. The file is tried again, from the last record on, when it has changed.
     *
     * @param where the place, for people: {@code line 3, column 14}; empty if it is the whole file
     * @param reason why, in words that show nothing of the input
     */
    record Broken(String where, String reason) implements ReadResult {}

    /** Nothing at this moment, and not the end. */
    enum Pause implements ReadResult {
        /**
         * What was handed over must be stored before more may follow, which the task hears in {@code commitRecord}. The
         * reader is asked again at the next poll; until then the file stays open.
         */
        UNTIL_STORED
    }

    /** The end of what there is to read. */
    enum End implements ReadResult {
        /** All was read. */
        COMPLETE,
        /**
         * What comes next cannot be read yet: a record has begun and may still be being written, which only a file can
         * tell that is not {@link FileInput#settled()}, or the file {@link FileInput#hasChanged()} under the reader. It
         * is opened again, at the position behind the last record, at the next scan.
         */
        UNFINISHED
    }
}
