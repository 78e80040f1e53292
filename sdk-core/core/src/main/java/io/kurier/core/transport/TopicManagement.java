// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

/** What the start does about declared topics: the values of {@code topics.management}. */
public enum TopicManagement {
    /** A missing topic or one that differs from its declaration stops the start. */
    VERIFY,
    /** A missing topic is created; one that differs from its declaration stops the start. */
    CREATE,
    /**
     * The start asks nothing; nothing is published until topics that exist are as declared. Meanwhile messages wait or are
     * rejected as they are for want of metadata.
     */
    LATER,
    /** Topics are taken as they are. */
    OFF
}
