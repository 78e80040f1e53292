// SPDX-License-Identifier: Apache-2.0
/**
 * What must be true with every supported version of Kafka's clients and brokers, as tests for JUnit that run in a process
 * of their own.
 *
 * <p>{@link io.kurier.compatibility.checks.Checks} runs them all; the broker of the cell and the versions that it must
 * find are system properties, which {@link io.kurier.compatibility.checks.Cluster} reads. They are compiled with the
 * clients that the build pins, and use public classes of Kafka's only.
 */
@NullMarked
package io.kurier.compatibility.checks;

import org.jspecify.annotations.NullMarked;
