// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of the messages of one {@link Publisher#publishAll}.
 *
 * <p>The numbers add up: {@code taken = stored + rejected + notStored + unknown}.
 *
 * @param taken the number of messages that were taken from the iterator
 * @param stored the number of messages that Kafka has acknowledged
 * @param rejected the number of messages with {@link Outcome#REJECTED}
 * @param notStored the number of messages with {@link Outcome#NOT_STORED}
 * @param unknown the number of messages with {@link Outcome#UNKNOWN}
 * @param storedBytes the total size of the stored values in bytes, as encoded
 * @param failures the first {@value #MOST_FAILURES} failures that were reported, by index
 * @param stoppedBy why no further message was taken from the iterator, or null if the iterator had no more
 */
public record BulkReport(
        long taken,
        long stored,
        long rejected,
        long notStored,
        long unknown,
        long storedBytes,
        List<Failure> failures,
        @Nullable PublishException stoppedBy) {

    /** The number of failures that a report lists at most. */
    public static final int MOST_FAILURES = 100;

    /** Copies the list of failures; neither the list nor a failure may be null. */
    public BulkReport {
        Objects.requireNonNull(failures, "failures");
        failures.forEach(failure -> Objects.requireNonNull(failure, "failures: one is null"));
        failures = List.copyOf(failures);
    }

    /**
     * A message that is not stored, or may not be.
     *
     * @param index the number of messages taken before it
     * @param cause its outcome and the reason
     */
    public record Failure(long index, PublishException cause) {

        /** Checks that the cause is not null. */
        public Failure {
            Objects.requireNonNull(cause, "cause");
        }
    }

    /** Whether the iterator had no more messages and all of them are stored. */
    public boolean isComplete() {
        return stored == taken && stoppedBy == null;
    }

    /**
     * Returns this report if it is complete.
     *
     * @throws PublishException the first failure, or the reason for which no further message was taken
     */
    public BulkReport orThrow() {
        if (isComplete()) {
            return this;
        }
        if (!failures.isEmpty()) {
            throw failures.get(0).cause();
        }
        throw stoppedBy == null ? new IllegalStateException("a report with failures lists one") : stoppedBy;
    }
}
