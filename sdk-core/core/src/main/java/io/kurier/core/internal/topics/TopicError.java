// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

/**
 * A request that the cluster answered with an error of the topic's own.
 *
 * @param request what was asked
 * @param cause Kafka's error
 */
record TopicError(AdminOperation request, Throwable cause) {}
