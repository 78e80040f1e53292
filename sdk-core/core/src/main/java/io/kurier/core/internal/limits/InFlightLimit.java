// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.limits;

import io.kurier.core.transport.SendRejection;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Counts the records that producers have taken and Kafka has not acknowledged, of one topic or of all, up to a limit.
 * Safe for use by any number of threads.
 */
public final class InFlightLimit {
    private final long mostRecords;
    private final long mostBytes;
    private final SendRejection ofRecords;
    private final SendRejection ofBytes;
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    private InFlightLimit(String prefix, @Nullable Integer records, @Nullable Integer bytes) {
        this.mostRecords = records == null ? Long.MAX_VALUE : records;
        this.mostBytes = bytes == null ? Long.MAX_VALUE : bytes;
        this.ofRecords = rejection(prefix + "messages=" + records + " are in flight");
        this.ofBytes = rejection(prefix + "bytes=" + bytes + " leaves no room for the record");
    }

    private static SendRejection rejection(String why) {
        String text = why + ": the cluster takes less than is published at this moment";
        return new SendRejection(new TimeoutException(text), text);
    }

    /**
     * Makes a limit, or null if neither number is given.
     *
     * @param prefix the beginning of the keys, for messages
     * @param records how many records may be in flight
     * @param bytes how many bytes of keys and values
     */
    @Nullable
    public static InFlightLimit of(String prefix, @Nullable Integer records, @Nullable Integer bytes) {
        return records == null && bytes == null ? null : new InFlightLimit(prefix, records, bytes);
    }

    /** Returns why no further record is taken at this moment, or null. */
    @Nullable
    SendRejection whyFull() {
        if (records.get() >= mostRecords) {
            return ofRecords;
        }
        return bytes.get() >= mostBytes ? ofBytes : null;
    }

    /**
     * Counts a record. One that alone is larger than the limit of bytes is taken if no other is in flight.
     *
     * @param size the bytes of its key and value
     * @return null if it is counted, otherwise why not
     */
    @Nullable
    SendRejection add(int size) {
        if (records.incrementAndGet() > mostRecords) {
            records.decrementAndGet();
            return ofRecords;
        }
        long now = bytes.addAndGet(size);
        if (now > mostBytes && now != size) {
            remove(size);
            return ofBytes;
        }
        return null;
    }

    /** Ends the count of a record. */
    void remove(int size) {
        records.decrementAndGet();
        bytes.addAndGet(-size);
    }
}
