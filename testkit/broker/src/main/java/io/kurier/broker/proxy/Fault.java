// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker.proxy;

/**
 * What a {@link FaultProxy} can do to its connections, so that {@link FaultProxy#hits(Fault)} can tell how often it did.
 *
 * <p>The first four act on requests of one kind. If several are set for a kind, the first one here that strikes counts.
 */
public enum Fault {
    /** Requests that never reached the broker. */
    DROP_REQUESTS,
    /** Requests that were held in the proxy. */
    HOLD,
    /** Connections that were reset. */
    RESET,
    /** Answers that never reached the client, to requests that the broker has processed. */
    DROP_ACKS,
    /** Connections of which one direction was shut down. */
    HALF_CLOSE,
    /** Frames that were passed on in more than one piece because of it. */
    SLICE,
    /** Frames that were given a delay. */
    LATENCY,
    /** Frames that were passed on under a limit of bytes a second. */
    BANDWIDTH,
    /** Connections that were refused. */
    REFUSE;

    boolean actsOnRequests() {
        return compareTo(DROP_ACKS) <= 0;
    }
}
