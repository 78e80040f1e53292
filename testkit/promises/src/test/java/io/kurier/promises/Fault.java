// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

/** The ways in which a promise can be broken. */
enum Fault {
    /** Acknowledged by a receipt, or by a commit, and missing. */
    LOST,
    /** Stored more than once. */
    TWICE,
    /** Behind a later message of its key, or in another partition than an earlier one. */
    REORDERED,
    /** The reported outcome is wrong: the message is there and must not be, or it is in another place. */
    MISREPORTED,
    /** Key or value are not what was published, or no process published it. */
    ALTERED,
    /** In a topic that it was not published to. */
    ASTRAY
}
