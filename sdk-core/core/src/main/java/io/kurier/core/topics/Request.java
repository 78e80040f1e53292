// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.topics;

/** What the start asks of the cluster for one topic; the answer may be a refusal. */
enum Request {
    DESCRIBE,
    READ_CONFIGS,
    CREATE,
    INCREASE
}
