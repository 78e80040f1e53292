// SPDX-License-Identifier: Apache-2.0
/**
 * Tests on a real broker.
 *
 * <p>{@link io.kurier.testkit.WithKafka} on a test class gives its methods a {@code LocalBroker}, one for all test
 * classes of a run, and {@link io.kurier.testkit.TestTopics} to make topics of their own and to read them back:
 *
 * <pre>{@code
 * @WithKafka
 * class OrdersTest {
 *     @Test
 *     void storesAnOrder(LocalBroker broker, TestTopics topics) {
 *         String topic = topics.create("orders", 3);
 *         publishTo(broker.bootstrapServers(), topic);
 *         assertThat(topics.readAll(topic)).hasSize(1);
 *     }
 * }
 * }</pre>
 */
@NullMarked
package io.kurier.testkit;

import org.jspecify.annotations.NullMarked;
