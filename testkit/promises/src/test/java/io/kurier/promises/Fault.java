// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

/** The ways in which a promise can be broken. */
enum Fault {
    /** Acknowledged by a receipt, or by a commit, and not there. */
    LOST,
    /** There more than once. */
    TWICE,
    /** Behind a later message of its key, or in another partition than an earlier one. */
    REORDERED,
    /** What was told of it is not so: it is there and must not be, or it is elsewhere. */
    MISREPORTED,
    /** Key or value are not what was published, or nobody published it. */
    ALTERED,
    /** In a topic that it was not published to. */
    ASTRAY
}
