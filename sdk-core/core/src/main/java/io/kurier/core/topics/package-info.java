// SPDX-License-Identifier: Apache-2.0
/**
 * The contract of topics.
 *
 * <p>At the start {@link io.kurier.core.topics.TopicContract} asks the cluster for every declared topic: with
 * {@code topics.management=verify} one that is missing or differs from its declaration stops the start; with
 * {@code create} a missing one is created first. After that a gate awaits that every partition answers, because a fast
 * idempotent producer can hang for minutes on a partition that is not ready (KAFKA-15591).
 */
@NullMarked
package io.kurier.core.topics;

import org.jspecify.annotations.NullMarked;
