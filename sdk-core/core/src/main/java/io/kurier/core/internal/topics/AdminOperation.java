// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

/** What the start asks of the cluster for one topic; the answer may be an error. */
enum AdminOperation {
    DESCRIBE,
    READ_CONFIGS,
    CREATE,
    INCREASE
}
