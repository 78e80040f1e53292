// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker.proxy;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one connection whose responses are outstanding, with the faults that they were chosen for. A broker
 * responds in the order of the requests. Used by one thread at a time.
 */
final class PendingRequests {
    private static final class Sent {
        final int id;

        @Nullable
        Fault fault;

        Sent(int id, @Nullable Fault fault) {
            this.id = id;
            this.fault = fault;
        }
    }

    private final Deque<Sent> requests = new ArrayDeque<>();

    void add(int id, @Nullable Fault fault) {
        requests.add(new Sent(id, fault));
    }

    /**
     * Returns the fault that the request with this id was chosen for, or null if there is none. The requests before it
     * will not be answered any more: they were sent with acks=0.
     */
    @Nullable
    Fault answered(int id) {
        if (requests.stream().noneMatch(sent -> sent.id == id)) {
            return null;
        }
        Sent sent = requests.remove();
        while (sent.id != id) {
            sent = requests.remove();
        }
        return sent.fault;
    }

    /**
     * Lets all responses pass. Requests that were held remain recorded as held, so that their responses are counted.
     */
    void spare() {
        for (Sent sent : requests) {
            if (sent.fault != Fault.HOLD) {
                sent.fault = null;
            }
        }
    }
}
