// SPDX-License-Identifier: Apache-2.0
/**
 * Spans and metrics of a publisher by OpenTelemetry.
 *
 * <pre>{@code
 * OpenTelemetry openTelemetry = ...;
 * Publisher publisher = Kurier.builder()
 *         .properties(Path.of("kurier.properties"))
 *         .topics(ORDERS)
 *         .instrumentation(new OpenTelemetryInstrumentation(openTelemetry))
 *         .start();
 * }</pre>
 *
 * <p>Each message has a span {@code send <topic>}, a child of the span that is current where {@code publish} is called. It
 * ends with the message's outcome. The propagators of the {@code OpenTelemetry} put its context into the headers of the
 * message's records. A transaction has a span {@code transaction <name>}, which is the current one in its callback.
 *
 * <p>Names and attributes are those of the semantic conventions for messaging, version 1.44.0, which are in development;
 * {@code docs/tracing.md} lists them. No attribute has anything of a key, a value, a header or an exception's message in
 * it.
 */
@NullMarked
package io.kurier.opentelemetry;

import org.jspecify.annotations.NullMarked;
