// SPDX-License-Identifier: Apache-2.0
/**
 * Completes futures off Kafka's I/O thread, so that user code can never block it.
 *
 * <p>Everything to be completed is a {@link io.kurier.core.internal.completion.Completion}. Each topic has a
 * {@link io.kurier.core.internal.completion.CompletionQueue}, which runs its completions one after the other on a
 * {@link io.kurier.core.internal.completion.CompletionThread}. A dependent that is about to wait for another future of
 * the publisher, a {@link io.kurier.core.internal.completion.PublisherFuture}, first gives the rest of its queue to
 * another thread. The {@link io.kurier.core.internal.completion.Monitor} of a publisher retries the tasks for which no
 * thread could be created, detects queues that do not advance, and writes failures to the log.
 *
 * <p>This package knows neither messages nor topics nor Kafka.
 */
@NullMarked
package io.kurier.core.internal.completion;

import org.jspecify.annotations.NullMarked;
