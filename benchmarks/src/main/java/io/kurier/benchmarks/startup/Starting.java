// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.startup;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.benchmarks.ProducerSettings;
import io.kurier.core.Kurier;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** How an application starts a client and publishes its first record. The client stays open until the JVM ends. */
enum Starting {
    RAW("KafkaProducer") {
        @Override
        void firstRecord(String bootstrap, String topic) throws InterruptedException, ExecutionException {
            @SuppressWarnings("resource") // the JVM ends with it; a close is not part of the start
            KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                    ProducerSettings.forKafka(bootstrap), new ByteArraySerializer(), new ByteArraySerializer());
            producer.send(new ProducerRecord<>(topic, VALUE)).get();
        }
    },

    /** A context with the two beans that Spring Boot would create, without Boot itself. */
    SPRING("KafkaTemplate") {
        @Override
        void firstRecord(String bootstrap, String topic) {
            @SuppressWarnings("resource") // the JVM ends with it; a close is not part of the start
            AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
            Map<String, Object> config = ProducerSettings.forKafka(bootstrap);
            context.registerBean(
                    DefaultKafkaProducerFactory.class,
                    () -> new DefaultKafkaProducerFactory<>(
                            config, new ByteArraySerializer(), new ByteArraySerializer()));
            context.registerBean(
                    KafkaTemplate.class, () -> new KafkaTemplate<>(context.getBean(DefaultKafkaProducerFactory.class)));
            context.refresh();
            @SuppressWarnings("unchecked") // a bean's class has no type arguments
            KafkaTemplate<byte[], byte[]> template = context.getBean(KafkaTemplate.class);
            template.send(topic, VALUE).join();
        }
    },

    KURIER("Publisher") {
        @Override
        void firstRecord(String bootstrap, String topic) {
            Topic<byte[], byte[]> declared = Topic.of(topic, byte[].class, byte[].class);
            @SuppressWarnings("resource") // the JVM ends with it; a close is not part of the start
            Publisher publisher = Kurier.start(ProducerSettings.forKurier(bootstrap, topic), declared);
            publisher.publish(declared, null, VALUE).join();
        }
    };

    private static final byte[] VALUE = new byte[100];

    private final String row;

    Starting(String row) {
        this.row = row;
    }

    /** Returns the name in the report. */
    String row() {
        return row;
    }

    /** Starts a client, and returns when its first record is acknowledged. */
    abstract void firstRecord(String bootstrap, String topic) throws InterruptedException, ExecutionException;
}
