// SPDX-License-Identifier: Apache-2.0
/**
 * The contract of topics.
 *
 * <p>At the start {@link io.kurier.core.internal.topics.TopicContract} looks at every declared topic ({@code TopicAdmin}, {@code
 * TopicSnapshot}). {@code TopicDiff} tells in what each differs from its declaration: partitions, replication factor, configs;
 * {@code TopicProblems} puts all of it into one error, declared beside actual. With {@code topics.management=create} what is
 * missing is created first, and partitions are raised where {@code partitions.increase=true} asks for it ({@code
 * TopicChanges}); the cluster is first asked what it would refuse, so that a start that fails leaves it as it was.
 *
 * <p>After that a gate awaits that every partition answers, because a fast idempotent producer can hang for minutes on a
 * partition that is not ready (KAFKA-15591).
 */
@NullMarked
package io.kurier.core.internal.topics;

import org.jspecify.annotations.NullMarked;
