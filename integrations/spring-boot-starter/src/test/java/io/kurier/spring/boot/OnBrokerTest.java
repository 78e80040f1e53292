// SPDX-License-Identifier: Apache-2.0
package io.kurier.spring.boot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import io.kurier.serializers.json.JsonDeserializer;
import io.kurier.serializers.text.TextDeserializer;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A whole application: Boot finds the auto-configurations, and the publisher is on a real broker. */
@WithKafka
@Timeout(120)
class OnBrokerTest {
    private static final Topic<String, Order> ORDERS = Topic.of("orders", String.class, Order.class);

    record Order(String id, int total) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Shop {
        @Bean
        Topic<String, Order> orders() {
            return ORDERS;
        }
    }

    @Test
    void publishesAndIsUp(LocalBroker broker, TestTopics topics) {
        SpringApplication application = new SpringApplication(Shop.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        try (ConfigurableApplicationContext context = application.run(
                "--kurier.bootstrap.servers=" + broker.bootstrapServers(),
                "--kurier.topics.management=create",
                "--kurier.topics.orders.value.serializer=json")) {
            context.getBean(Publisher.class)
                    .publish(ORDERS, "k", new Order("1", 7))
                    .join();

            assertThat(requireNonNull(context.getBean("kurierHealthContributor", HealthIndicator.class)
                                    .health())
                            .getStatus())
                    .isEqualTo(Status.UP);
        }

        assertThat(topics.readAll("orders", new TextDeserializer(), new JsonDeserializer<>(Order.class)))
                .extracting(ConsumerRecord::value)
                .containsExactly(new Order("1", 7));
    }
}
