// SPDX-License-Identifier: Apache-2.0
/**
 * The requirements for every supported version of Kafka's clients and brokers, as JUnit tests that run in a process of
 * their own.
 *
 * <p>{@link io.kurier.compatibility.checks.Checks} runs them all; the broker of the cell and the expected versions are
 * system properties, which {@link io.kurier.compatibility.checks.Cluster} reads. The tests are compiled with the
 * clients that the build pins, and use public classes of Kafka's only.
 */
@NullMarked
package io.kurier.compatibility.checks;

import org.jspecify.annotations.NullMarked;
