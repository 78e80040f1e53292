// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

/** A request of the start to the cluster for one topic; the response may be an error. */
enum AdminOperation {
    DESCRIBE,
    READ_CONFIGS,
    CREATE,
    INCREASE
}
