// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

/** What the start does with the declared topics: the values of {@code topics.management}. */
public enum TopicManagement {
    /** A missing topic or one that differs from its declaration stops the start. */
    VERIFY,
    /** A missing topic is created; one that differs from its declaration stops the start. */
    CREATE,
    /**
     * The start does not query the cluster, and nothing is published until the existing topics match their
     * declarations. Meanwhile messages wait or are rejected, as they are while metadata is missing.
     */
    LATER,
    /** Topics are used as they are, without a check. */
    OFF
}
