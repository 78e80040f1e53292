// SPDX-License-Identifier: Apache-2.0
/**
 * The publisher itself.
 *
 * <p>{@link io.kurier.core.publish.RoutedPublisher} is one message's way, top to bottom: route, encode, guard,
 * partition, send. A {@link io.kurier.core.publish.Delivery} follows the message until its outcome is certain and is
 * the future that the caller gets; {@link io.kurier.core.publish.Parts} stand between the two where a value becomes
 * several records. Each topic has a {@link io.kurier.core.publish.Lane}, which counts outcomes and completes futures
 * off Kafka's I/O thread, so that user code can never hold it.
 */
@NullMarked
package io.kurier.core.publish;

import org.jspecify.annotations.NullMarked;
