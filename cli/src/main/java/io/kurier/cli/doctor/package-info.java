// SPDX-License-Identifier: Apache-2.0
/**
 * What {@code kurier doctor} finds out about a configuration and its cluster, without a terminal.
 *
 * <p>{@link io.kurier.cli.doctor.ClusterDoctor} makes the checks one after the other, each of which adds {@link
 * io.kurier.cli.doctor.Finding}s: {@code ConfigChecks} and {@code CertificateChecks} contact no broker, {@code
 * ClusterChecks}, {@code TopicChecks} and {@code TransactionChecks} judge what core has read, and {@code AckChecks}
 * publishes to a topic of its own ({@code ProbeTopic}). A request that is refused, or not answered in time, is a finding
 * and ends no other check.
 */
@NullMarked
package io.kurier.cli.doctor;

import org.jspecify.annotations.NullMarked;
