// SPDX-License-Identifier: Apache-2.0
/** Passes the metrics of Kafka's clients to the {@link io.kurier.spi.Instrumentation}s of an application. */
@NullMarked
package io.kurier.core.internal.reporters;

import org.jspecify.annotations.NullMarked;
