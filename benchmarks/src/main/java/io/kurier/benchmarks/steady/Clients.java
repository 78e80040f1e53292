// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.steady;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.benchmarks.ProducerSettings;
import io.kurier.benchmarks.Topics;
import io.kurier.core.Kurier;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** Those that are compared. Kafka's producer tells its callback; the others tell a dependent of the future. */
final class Clients {
    private Clients() {}

    /** Makes the topics and the clients; the first is the baseline. */
    static List<Client> start(String bootstrap, Topics topics) {
        topics.create(List.of("steady-raw", "steady-spring", "steady-kurier"));
        return List.of(
                new RawClient(bootstrap, "steady-raw"),
                new SpringClient(bootstrap, "steady-spring"),
                new KurierClient(bootstrap, "steady-kurier"));
    }

    private static final class RawClient implements Client {
        private final String topic;
        private final KafkaProducer<byte[], byte[]> producer;

        RawClient(String bootstrap, String topic) {
            this.topic = topic;
            this.producer = new KafkaProducer<>(
                    ProducerSettings.forKafka(bootstrap), new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public String name() {
            return "KafkaProducer";
        }

        @Override
        public String topic() {
            return topic;
        }

        @Override
        public void send(byte[] value, Consumer<@Nullable Throwable> outcome) {
            Future<?> unused =
                    producer.send(new ProducerRecord<>(topic, value), (metadata, failure) -> outcome.accept(failure));
        }

        @Override
        public void close() {
            producer.close();
        }
    }

    private static final class SpringClient implements Client {
        private final String topic;
        private final DefaultKafkaProducerFactory<byte[], byte[]> factory;
        private final KafkaTemplate<byte[], byte[]> template;

        SpringClient(String bootstrap, String topic) {
            this.topic = topic;
            this.factory = new DefaultKafkaProducerFactory<>(
                    ProducerSettings.forKafka(bootstrap), new ByteArraySerializer(), new ByteArraySerializer());
            this.template = new KafkaTemplate<>(factory);
        }

        @Override
        public String name() {
            return "KafkaTemplate";
        }

        @Override
        public String topic() {
            return topic;
        }

        @Override
        public void send(byte[] value, Consumer<@Nullable Throwable> outcome) {
            CompletableFuture<?> unused =
                    template.send(topic, value).whenComplete((result, failure) -> outcome.accept(failure));
        }

        @Override
        public void close() {
            factory.destroy();
        }
    }

    private static final class KurierClient implements Client {
        private final Topic<byte[], byte[]> topic;
        private final Publisher publisher;

        KurierClient(String bootstrap, String topic) {
            this.topic = Topic.of(topic, byte[].class, byte[].class);
            this.publisher = Kurier.start(ProducerSettings.forKurier(bootstrap, topic), this.topic);
        }

        @Override
        public String name() {
            return "Publisher";
        }

        @Override
        public String topic() {
            return topic.alias();
        }

        @Override
        public void send(byte[] value, Consumer<@Nullable Throwable> outcome) {
            CompletableFuture<?> unused =
                    publisher.publish(topic, null, value).whenComplete((receipt, failure) -> outcome.accept(failure));
        }

        @Override
        public void close() {
            publisher.close();
        }
    }
}
