// SPDX-License-Identifier: Apache-2.0
/**
 * Finds records again whose outcome is unknown, so that {@code Publisher.resolve} can return whether they are stored.
 *
 * <p>While records are sent, a {@link io.kurier.core.internal.search.DeliveryTracker} for each topic with record ids
 * tracks the last acknowledged offset of each partition, beginning with those of
 * {@link io.kurier.core.internal.search.LogEndOffsets}: a record that was never acknowledged can only be stored after
 * it. {@link io.kurier.core.internal.search.LogSearcher} keeps the consumers that read from there; a
 * {@link io.kurier.core.internal.search.LogSearch} reads for one record or transaction.
 * {@link io.kurier.core.internal.search.TopicIds} distinguishes a topic from another one that was created under its
 * name later (KIP-516).
 *
 * <p>This package knows neither producers nor the send path.
 */
@NullMarked
package io.kurier.core.internal.search;

import org.jspecify.annotations.NullMarked;
