// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.Binder;
import com.google.inject.Guice;
import com.google.inject.Injector;
import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.core.guice.KurierBinder;
import io.kurier.core.guice.KurierModule;
import io.kurier.testkit.FakeKafka;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.PropertyNamingStrategies;

/** An application that has an ObjectMapper in its injector. */
class JsonWithGuiceTest {
    record Customer(String firstName) {}

    private static final Topic<String, Customer> CUSTOMERS = Topic.of("customers", String.class, Customer.class);

    private final FakeKafka kafka = new FakeKafka();

    private final class CustomersModule extends AbstractModule {
        @Override
        protected void configure() {
            KurierBinder kurier = KurierBinder.of(binder());
            kurier.set("bootstrap.servers", "nowhere:9092")
                    .set("topics.customers.key.serializer", "json3")
                    .transport(kafka);
            bind(ObjectMapper.class)
                    .toInstance(JsonDefaults.builder()
                            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                            .build());
            kurier.serializer(JsonSerializerPlugin.class);
            kurier.topic(CUSTOMERS).valueSerializer("json3");
        }
    }

    @Test
    void theFormatTakesTheMapperThatIsBound() {
        assertThat(published(Guice.createInjector(new KurierModule(), new CustomersModule())))
                .isEqualTo("{\"first_name\":\"Ada\"}");
    }

    @Test
    void itDoesSoInAStrictInjector() {
        assertThat(published(Guice.createInjector(
                        Binder::requireAtInjectOnConstructors,
                        Binder::requireExactBindingAnnotations,
                        new KurierModule(),
                        new CustomersModule())))
                .isEqualTo("{\"first_name\":\"Ada\"}");
    }

    private String published(Injector injector) {
        try (Publisher publisher = injector.getInstance(Publisher.class)) {
            publisher.publish(CUSTOMERS, "a", new Customer("Ada")).join();
        }
        return new String(kafka.records(CUSTOMERS).get(0).value(), UTF_8);
    }
}
