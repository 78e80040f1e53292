// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker.proxy;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one connection of which the answers have not come, with the faults that they were chosen for. A broker
 * answers in the order of the requests. For one thread at a time.
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
     * The fault that the request with this id was chosen for, or null if there is none. The requests before it will not
     * be answered any more: they were sent with acks=0.
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

    /** Lets all answers pass. What was held is still known as such, so that its answer is counted. */
    void spare() {
        for (Sent sent : requests) {
            if (sent.fault != Fault.HOLD) {
                sent.fault = null;
            }
        }
    }
}
