// SPDX-License-Identifier: Apache-2.0
package io.kurier;

/** The step of a message's way at which it failed; the steps are taken in this order. */
public enum Stage {
    /** Finding the route that configuration gives the message's topic. */
    ROUTE,
    /** Turning key and value into bytes. */
    ENCODE,
    /** The checks on the encoded record, such as its size. */
    GUARD,
    /** Choosing the partition. */
    PARTITION,
    /** Handing the record to Kafka and waiting for its acknowledgment. */
    SEND
}
