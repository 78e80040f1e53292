// SPDX-License-Identifier: Apache-2.0
/**
 * Meters of a publisher and of its producers in a Micrometer registry.
 *
 * <pre>{@code
 * MeterRegistry registry = ...;
 * Publisher publisher = Kurier.builder()
 *         .properties(Path.of("kurier.properties"))
 *         .topics(ORDERS)
 *         .instrumentation(new MicrometerInstrumentation(registry))
 *         .start();
 * }</pre>
 *
 * <p>What is registered:
 *
 * <ul>
 *   <li>the timer {@code kurier.publish}, from the call to the outcome of each message, with the tags {@code client.id},
 *       {@code topic}, {@code outcome} and {@code stage}; its count is the number of messages with that outcome
 *   <li>the metrics that the publisher keeps of each topic, such as {@code kurier.message.in.flight}
 *   <li>those of Kafka's producers, by the names that Micrometer's own binder gives them, such as {@code
 *       kafka.producer.record.send.total}
 * </ul>
 *
 * <p>{@code docs/metrics.md} lists every name. The tags are bounded: no tag has anything of a key, a value, a header or an
 * exception's message in it.
 */
@NullMarked
package io.kurier.micrometer;

import org.jspecify.annotations.NullMarked;
