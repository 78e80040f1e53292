// SPDX-License-Identifier: Apache-2.0
/**
 * Runs the jars of this build with other versions of Kafka's clients and brokers.
 *
 * <p>{@code compatibility/run} builds, resolves a class path for each version and starts
 * {@link io.kurier.compatibility.Matrix}, whose only knowledge of Kafka is how a broker is started. Brokers and checks
 * are processes, each with the class path of its version and a time limit. The checks are in the package
 * {@code checks}.
 */
@NullMarked
package io.kurier.compatibility;

import org.jspecify.annotations.NullMarked;
