// SPDX-License-Identifier: Apache-2.0
/**
 * Runs the jars of this build with other versions of Kafka's clients and brokers.
 *
 * <p>{@code compatibility/run} builds, resolves a class path for each version and starts {@link
 * io.kurier.compatibility.Matrix}, which knows nothing of Kafka but how its broker is started: brokers and checks are
 * processes, each with the class path of its version, a time limit, and an end. What is checked is in the package {@code
 * checks}.
 */
@NullMarked
package io.kurier.compatibility;

import org.jspecify.annotations.NullMarked;
