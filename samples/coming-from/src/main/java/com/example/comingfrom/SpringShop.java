// SPDX-License-Identifier: Apache-2.0
package com.example.comingfrom;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.support.serializer.JacksonJsonSerializer;

/** With Spring's template. */
final class SpringShop implements Shop {
    private static final Logger LOG = LoggerFactory.getLogger(SpringShop.class);

    // region spring-start
    @Configuration(proxyBeanMethods = false)
    static class KafkaBeans {
        @Bean
        ProducerFactory<String, Order> producerFactory(Environment environment) {
            Map<String, Object> config = new HashMap<>();
            config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, environment.getProperty("shop.bootstrap"));
            config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
            config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
            var factory = new DefaultKafkaProducerFactory<>(
                    config, new StringSerializer(), new JacksonJsonSerializer<Order>().noTypeInfo());
            factory.setTransactionIdPrefix("spring-shop-");
            return factory;
        }

        @Bean
        KafkaTemplate<String, Order> kafkaTemplate(ProducerFactory<String, Order> factory) {
            KafkaTemplate<String, Order> template = new KafkaTemplate<>(factory);
            template.setAllowNonTransactional(true);
            return template;
        }

        @Bean
        KafkaAdmin kafkaAdmin(Environment environment) {
            return new KafkaAdmin(Map.of("bootstrap.servers", environment.getProperty("shop.bootstrap", "")));
        }

        @Bean
        NewTopic orders() {
            return TopicBuilder.name("orders").partitions(3).build();
        }
    }
    // endregion

    private final AnnotationConfigApplicationContext context;
    private final KafkaTemplate<String, Order> template;

    SpringShop(String bootstrap) {
        context = started(bootstrap, KafkaBeans.class);
        @SuppressWarnings("unchecked") // a bean's class has no type arguments
        KafkaTemplate<String, Order> bean = context.getBean(KafkaTemplate.class);
        template = bean;
    }

    /** A context with these beans, for which Spring Boot would read {@code application.yml}. */
    static AnnotationConfigApplicationContext started(String bootstrap, Class<?> beans) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("shop", Map.of("shop.bootstrap", bootstrap)));
        context.register(beans);
        context.refresh();
        return context;
    }

    // region spring-publish
    @Override
    public void place(Order order) {
        try {
            template.send("orders", order.customer(), order).whenComplete((result, failure) -> {
                if (failure != null) {
                    LOG.warn("order {} is lost, or it is stored: {}", order.id(), failure.toString());
                } else {
                    LOG.info(
                            "order {} is stored at offset {}",
                            order.id(),
                            result.getRecordMetadata().offset());
                }
            });
        } catch (RuntimeException e) { // a serializer that throws: some failures take this way
            LOG.warn("order {} is lost: {}", order.id(), e.toString());
        }
    }
    // endregion

    // region spring-transaction
    @Override
    public void placeAll(List<Order> orders) {
        template.executeInTransaction(operations -> {
            for (Order order : orders) {
                operations.send("orders", order.customer(), order);
            }
            return null;
        });
    }
    // endregion

    @Override
    public void close() {
        context.close();
    }
}
