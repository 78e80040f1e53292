// SPDX-License-Identifier: Apache-2.0
/**
 * The publisher itself.
 *
 * <p>{@link io.kurier.core.publish.RoutedPublisher} is one message's way, top to bottom: route, encode, guard,
 * partition, send. A {@link io.kurier.core.publish.Delivery} follows the message until its outcome is certain,
 * {@link io.kurier.core.publish.Tally} counts outcomes, and {@link io.kurier.core.publish.Completions} completes
 * futures off Kafka's I/O thread, so that user code can never hold it.
 */
@NullMarked
package io.kurier.core.publish;

import org.jspecify.annotations.NullMarked;
