// SPDX-License-Identifier: Apache-2.0
/**
 * The connectors on Kafka Connect workers, in processes of their own, from the archives that {@code mvn package} makes for their
 * {@code plugin.path}.
 */
@NullMarked
package io.kurier.connect;

import org.jspecify.annotations.NullMarked;
