// SPDX-License-Identifier: Apache-2.0
package io.kurier.spring.boot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.spi.Guard;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.GuardSettings;
import io.kurier.spi.Instrumentation;
import io.kurier.spi.PublishListener;
import io.kurier.testkit.FakeKafka;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

/** The publisher among the beans of an application, on a fake Kafka. */
@Timeout(60)
class KurierAutoConfigurationTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(KurierAutoConfiguration.class))
            .withPropertyValues(
                    "kurier.bootstrap.servers=fake:9092",
                    "kurier.producer.metric.reporters=",
                    "kurier.topics.orders.value.serializer=text");

    private final ApplicationContextRunner shop = runner.withUserConfiguration(Shop.class);

    @Configuration(proxyBeanMethods = false)
    static class Shop {
        @Bean
        FakeKafka kafka() {
            return new FakeKafka();
        }

        @Bean
        Topic<String, String> orders() {
            return ORDERS;
        }
    }

    @Test
    void publishesToATopicThatIsABean() {
        shop.run(context -> {
            Receipt receipt =
                    context.getBean(Publisher.class).publish(ORDERS, "k", "v").join();

            assertThat(receipt.topic()).isEqualTo("orders");
            assertThat(context.getBean(FakeKafka.class).records(ORDERS)).hasSize(1);
        });
    }

    @Test
    void leavesAPublisherOfTheApplicationAlone() {
        Publisher own = new FakeKafka().start(Map.of());
        shop.withBean("mine", Publisher.class, () -> own)
                .run(context ->
                        assertThat(context).hasSingleBean(Publisher.class).hasBean("mine"));
    }

    @Test
    void addsNoneWhereItIsTurnedOff() {
        shop.withPropertyValues("kurier.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Publisher.class));
    }

    @Test
    void startsWithTheContextWhereBeansAreLazy() {
        List<String> started = new ArrayList<>();
        shop.withBean(KurierBuilderCustomizer.class, () -> builder -> started.add("started"))
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> assertThat(started).hasSize(1));
    }

    @Test
    void addsListenersInstrumentationsAndPlugins() {
        List<String> seen = new CopyOnWriteArrayList<>();
        shop.withBean("listener", PublishListener.class, () -> noting("listener", seen))
                .withBean("instrumentation", Instrumentation.class, () -> new Instrumentation() {
                    @Override
                    public @Nullable PublishListener listener(String clientId) {
                        return noting("instrumentation of " + clientId, seen);
                    }
                })
                .withBean(Marking.class)
                .withPropertyValues("kurier.client.id=shop", "kurier.topics.orders.guards=marking")
                .run(context -> {
                    Publisher publisher = context.getBean(Publisher.class);
                    publisher.publish(ORDERS, "k", "v").join();
                    publisher.flush().join();

                    assertThat(seen).containsExactlyInAnyOrder("listener", "instrumentation of shop");
                    assertThat(context.getBean(FakeKafka.class)
                                    .records(ORDERS)
                                    .get(0)
                                    .headers())
                            .anyMatch(header -> header.key().equals("marked"));
                });
    }

    private static PublishListener noting(String name, List<String> seen) {
        return new PublishListener() {
            @Override
            public void stored(String topic, Receipt receipt, long nanos) {
                seen.add(name);
            }
        };
    }

    @Test
    void aCustomizerComesLast() {
        shop.withBean(
                        KurierBuilderCustomizer.class,
                        () -> builder -> builder.override("topics.orders.name", "renamed", "the customizer"))
                .withPropertyValues("kurier.topics.orders.name=configured")
                .run(context -> assertThat(context.getBean(Publisher.class)
                                .publish(ORDERS, "k", "v")
                                .join()
                                .topic())
                        .isEqualTo("renamed"));
    }

    @Test
    void closesThePublisherWithTheContextInTheTimeOfItsKey() {
        AtomicReference<@Nullable CompletableFuture<Receipt>> pending = new AtomicReference<>();
        AtomicReference<@Nullable Publisher> publisher = new AtomicReference<>();
        shop.withPropertyValues("kurier.close.timeout.ms=1").run(context -> {
            context.getBean(FakeKafka.class).topic(ORDERS).holdAcks();
            publisher.set(context.getBean(Publisher.class));
            pending.set(context.getBean(Publisher.class).publish(ORDERS, "k", "v"));
        });

        CompletableFuture<Receipt> message = requireNonNull(pending.get());
        assertThat(message).isDone();
        assertThatThrownBy(message::join)
                .cause()
                .isInstanceOfSatisfying(
                        PublishException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN));
        assertThat(requireNonNull(publisher.get()).health().live()).isFalse();
    }

    @Test
    void readsActiveProfiles() {
        shop.withPropertyValues("spring.profiles.active=test")
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .run(context -> assertThat(context.getBean(Publisher.class)
                                .publish(ORDERS, "k", "v")
                                .join()
                                .topic())
                        .isEqualTo("orders-of-the-profile"));
    }

    @Test
    void addsNoHealthWithoutActuator() {
        shop.withConfiguration(AutoConfigurations.of(KurierHealthAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader(ConditionalOnEnabledHealthIndicator.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(Publisher.class)
                        .doesNotHaveBean("kurierHealthContributor"));
    }

    @Test
    void aStartThatFailsStopsTheApplicationAndIsExplained() {
        runner.withUserConfiguration(Shop.class)
                .withPropertyValues("kurier.topics.orders.partitons=3", "kurier.profile=fastest")
                .run(context -> {
                    assertThat(context).hasFailed();
                    FailureAnalysis analysis = explained(context);
                    assertThat(analysis.getDescription())
                            .startsWith("The Kurier publisher cannot start:\n\n    1. ")
                            .contains("topics.orders.partitons (\"kurier.topics.orders.partitons\" from property source"
                                    + " \"test\"): unknown key. Did you mean topics.orders.partitions?")
                            .contains("profile");
                    assertThat(analysis.getAction()).contains("properties that begin with 'kurier.'");
                });
    }

    @Test
    void aClusterThatDoesNotAnswerIsExplained() {
        runner.withPropertyValues("kurier.bootstrap.servers=127.0.0.1:1", "kurier.topics=orders")
                .run(context -> {
                    assertThat(context).hasFailed();
                    FailureAnalysis analysis = explained(context);
                    assertThat(analysis.getDescription()).contains("no broker answered at 127.0.0.1:1");
                    assertThat(analysis.getAction()).contains("'kurier.topics.management=later'");
                });
    }

    private static FailureAnalysis explained(AssertableApplicationContext failed) {
        return requireNonNull(new StartFailureAnalyzer().analyze(requireNonNull(failed.getStartupFailure())));
    }

    @Test
    void bootFindsTheExplanation() {
        FailureHandler othersNeedABeanFactory = (type, name, failure) -> {};
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
                        .load(FailureAnalyzer.class, othersNeedABeanFactory))
                .hasAtLeastOneElementOfType(StartFailureAnalyzer.class);
    }

    /** A guard that adds a header. */
    static final class Marking implements GuardPlugin {
        @Override
        public String name() {
            return "marking";
        }

        @Override
        public Guard guard(GuardSettings settings) {
            return record -> {
                record.headers().add("marked", new byte[0]);
                return record;
            };
        }
    }
}
