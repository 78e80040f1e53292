// SPDX-License-Identifier: Apache-2.0
/**
 * Verifies that the topics match their declarations.
 *
 * <p>At the start {@link io.kurier.core.internal.topics.TopicContract} checks every declared topic ({@code TopicAdmin},
 * {@code TopicSnapshot}). {@code TopicDiff} finds how each differs from its declaration: partitions, replication
 * factor, configs; {@code TopicProblems} collects all differences in one error, declared beside actual. With
 * {@code topics.management=create} missing topics are created first, and partitions are raised where
 * {@code partitions.increase=true} ({@code TopicChanges}). The cluster first validates these changes, so that a failed
 * start changes nothing.
 *
 * <p>After that the start waits until every partition responds, because a fast idempotent producer can hang for minutes
 * on a partition that is not ready (KAFKA-15591).
 *
 * <p>{@link io.kurier.core.internal.topics.TemporaryTopics} is for commands that make a topic of their own, {@link
 * io.kurier.core.internal.topics.ClusterTopics} and {@link io.kurier.core.internal.topics.TopicMeter} for those that show
 * existing ones, {@link io.kurier.core.internal.topics.TopicSurvey} for one that compares them as a start does, without
 * changing any.
 */
@NullMarked
package io.kurier.core.internal.topics;

import org.jspecify.annotations.NullMarked;
