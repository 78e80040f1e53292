// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker.proxy;

/** The two directions through a {@link FaultProxy}: a fault of the network often concerns only one of them. */
public enum Direction {
    /** From the clients to the broker: requests. */
    TO_BROKER,
    /** From the broker to the clients: responses. */
    TO_CLIENT
}
