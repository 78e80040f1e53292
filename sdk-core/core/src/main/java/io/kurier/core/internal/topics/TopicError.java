// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

/**
 * A request for one topic that the cluster refused with an error.
 *
 * @param request the request
 * @param cause Kafka's error
 */
record TopicError(AdminOperation request, Throwable cause) {}
