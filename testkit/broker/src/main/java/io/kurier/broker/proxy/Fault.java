// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker.proxy;

/**
 * The faults of a {@link FaultProxy}; {@link FaultProxy#hits(Fault)} returns how often each has occurred.
 *
 * <p>The first four apply to requests of one kind. If several are set for a kind, the first one here that hits a
 * request is the one that applies.
 */
public enum Fault {
    /** Requests that never reached the broker. */
    DROP_REQUESTS,
    /** Requests that were held in the proxy. */
    HOLD,
    /** Connections that were reset. */
    RESET,
    /** Responses that never reached the client, to requests that the broker has processed. */
    DROP_ACKS,
    /** Connections of which one direction was shut down. */
    HALF_CLOSE,
    /** Frames that were passed on in more than one piece because of the fault. */
    SLICE,
    /** Frames that were given a delay. */
    LATENCY,
    /** Frames that were passed on under a limit of bytes per second. */
    BANDWIDTH,
    /** Connections that were refused. */
    REFUSE;

    boolean actsOnRequests() {
        return compareTo(DROP_ACKS) <= 0;
    }
}
