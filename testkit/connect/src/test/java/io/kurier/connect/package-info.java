// SPDX-License-Identifier: Apache-2.0
/**
 * The connectors on a Kafka Connect worker, in a process of its own, from the folders that {@code mvn package} makes for its
 * {@code plugin.path}.
 */
@NullMarked
package io.kurier.connect;

import org.jspecify.annotations.NullMarked;
