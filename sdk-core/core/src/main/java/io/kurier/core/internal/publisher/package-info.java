// SPDX-License-Identifier: Apache-2.0
/**
 * The publisher that applications hold: {@link io.kurier.core.internal.publisher.RoutedPublisher} passes messages to
 * the send path and transactions to their manager, and closes everything in order. The other classes are its life
 * cycle: a hook for the JVM's shutdown, and the warning about a publisher that was collected without a close.
 */
@NullMarked
package io.kurier.core.internal.publisher;

import org.jspecify.annotations.NullMarked;
