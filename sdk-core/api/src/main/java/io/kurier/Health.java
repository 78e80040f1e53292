// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.util.List;
import java.util.Objects;

/**
 * Whether a publisher can do its work at this moment, for the probes of an orchestrator; see {@link Publisher#health()}.
 *
 * @param live false if only a new publisher can help: it is closed, or stands still for longer than Kafka's producer may
 *     take to fail a record
 * @param ready whether a message that is published now can be expected to be stored
 * @param reasons why it is not live or not ready; empty if it is both
 */
public record Health(boolean live, boolean ready, List<Reason> reasons) {
    /** Live and ready. */
    public static final Health READY = new Health(true, true, List.of());

    public Health {
        reasons = List.copyOf(reasons);
    }

    /** Why a publisher is not ready. */
    public enum Cause {
        /** The publisher is closed. */
        CLOSED,
        /** No broker of the cluster is connected, or the first connection is not made yet. */
        NOT_CONNECTED,
        /** The brokers refuse the log-in. */
        NOT_AUTHENTICATED,
        /** The buffer has been full for {@code health.grace.ms}. */
        BUFFER_FULL,
        /** Messages have been open for {@code health.grace.ms}, and none of them got its outcome. */
        STALLED,
        /** A topic is missing, or has other partitions than declared. */
        TOPIC_DIFFERS,
        /** The health could not be determined. */
        UNKNOWN
    }

    /**
     * One reason.
     *
     * @param cause its kind, for programs
     * @param text a sentence for a log, without secrets
     */
    public record Reason(Cause cause, String text) {
        public Reason {
            Objects.requireNonNull(cause, "cause");
            Objects.requireNonNull(text, "text");
        }

        @Override
        public String toString() {
            return cause + ": " + text;
        }
    }
}
