// SPDX-License-Identifier: Apache-2.0
package io.kurier;

/** The step of a publish at which a message failed. The constants are in the order of the steps. */
public enum Stage {
    /** Finding the route that configuration gives the message's topic. */
    ROUTE,
    /** Serializing key and value. */
    ENCODE,
    /** The checks on the encoded record, such as its size. */
    GUARD,
    /** Choosing the partition. */
    PARTITION,
    /** Sending the record to Kafka and waiting for its acknowledgment. */
    SEND
}
