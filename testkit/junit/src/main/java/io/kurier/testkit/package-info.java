// SPDX-License-Identifier: Apache-2.0
/**
 * For tests of code that publishes: a fake Kafka that simulates faults, and a real broker.
 *
 * <p>In a unit test, a {@link io.kurier.testkit.FakeKafka} replaces the cluster under a real publisher:
 *
 * <pre>{@code
 * FakeKafka kafka = new FakeKafka();
 * Publisher publisher = kafka.start(Map.of("topics.orders.value.serializer", "json"), ORDERS);
 *
 * kafka.topic(ORDERS).dropAcks(1);
 * assertThat(new OrderService(publisher).place(order).join()).isEqualTo(Fate.PARKED);
 * assertThat(kafka.records(ORDERS)).hasSize(1);
 * }</pre>
 *
 * <p>{@link io.kurier.testkit.FakeTopic} lists the faults. The fake and the real broker both return the records of a
 * topic as Kafka's {@code ConsumerRecord}s, so that a test can move from the fake to a broker.
 *
 * <p>For a real broker, annotate a test class with {@link io.kurier.testkit.WithKafka} and declare what you need as
 * parameters:
 *
 * <pre>{@code
 * @WithKafka
 * class OrdersTest {
 *
 *     @Test
 *     void storesAnOrder(LocalBroker broker, TestTopics topics) throws Exception {
 *         String orders = topics.create("orders", 3);
 *         try (var producer = new KafkaProducer<>(
 *                 Map.of("bootstrap.servers", broker.bootstrapServers()),
 *                 new StringSerializer(),
 *                 new StringSerializer())) {
 *             producer.send(new ProducerRecord<>(orders, "milena", "ink")).get();
 *         }
 *
 *         assertThat(topics.readAll(orders, new StringDeserializer(), new StringDeserializer()))
 *                 .extracting(ConsumerRecord::value)
 *                 .containsExactly("ink");
 *     }
 * }
 * }</pre>
 *
 * <p>All tests of a run share one broker, which starts when the first test needs it and is closed at the end;
 * {@link io.kurier.testkit.TestTopics#create(String, int)} separates them. A test that needs a broker of its own, for
 * example to stop it half way, starts a {@link io.kurier.broker.LocalBroker} itself.
 */
@NullMarked
package io.kurier.testkit;

import org.jspecify.annotations.NullMarked;
