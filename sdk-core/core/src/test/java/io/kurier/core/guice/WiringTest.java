// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

import static io.kurier.core.guice.WiringCases.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Inject;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.TypeLiteral;
import com.google.inject.name.Named;
import com.google.inject.name.Names;
import com.google.inject.util.Modules;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.TopicPublisher;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.publisher.ScriptedTransport;
import io.kurier.core.transport.TransportFactory;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Framing;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.FramingSettings;
import io.kurier.spi.Guard;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.GuardSettings;
import io.kurier.spi.PublishListener;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What modules can say together, on a transport without a broker. */
class WiringTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);
    private static final Topic<String, String> RETURNS = Topic.of("returns", String.class, String.class);
    private static final Topic<String, CharSequence> NOTES = Topic.of("notes", String.class, CharSequence.class);
    private static final TypeLiteral<TopicPublisher<String, String>> OF_STRINGS = new TypeLiteral<>() {};

    private final ScriptedTransport transport = new ScriptedTransport();
    private final List<PublisherConfig> connected = new ArrayList<>();
    private final TransportFactory factory = config -> {
        connected.add((PublisherConfig) config);
        return transport;
    };
    private final Module shop = says(kurier -> {
        kurier.set("bootstrap.servers", "127.0.0.1:9092").transport(factory);
        kurier.topic(ORDERS).valueSerializer("text").partitions(6);
    });

    /** A service as an application has it. */
    static final class OrderService {
        private final TopicPublisher<String, String> orders;

        @Inject
        OrderService(TopicPublisher<String, String> orders) {
            this.orders = orders;
        }

        Receipt place(String order) {
            return orders.publish("C-7", order).join();
        }
    }

    /** A service of an application with two topics of the same types. */
    static final class ReturnService {
        private final TopicPublisher<String, String> returns;

        @Inject
        ReturnService(@Named("returns") TopicPublisher<String, String> returns) {
            this.returns = returns;
        }
    }

    // region injected-guard
    /** A guard that Guice makes. */
    static final class Censor implements GuardPlugin {
        private final String word;

        @Inject
        Censor(@Named("word") String word) {
            this.word = word;
        }

        @Override
        public String name() {
            return "censor";
        }

        @Override
        public Guard guard(GuardSettings settings) {
            return record -> {
                if (text(record).contains(word)) {
                    throw new IllegalArgumentException("it holds the word");
                }
                return record;
            };
        }
    }
    // endregion

    /** A listener that Guice makes. */
    static final class Ledger implements PublishListener {
        private final List<String> lines;

        @Inject
        Ledger(List<String> lines) {
            this.lines = lines;
        }

        @Override
        public void stored(String topic, Receipt receipt, long nanos) {
            lines.add(topic);
        }
    }

    @Test
    void injectsThePublisherOfATopicByItsTypes() {
        Injector injector = Guice.createInjector(new KurierModule(), shop);
        OrderService service = injector.getInstance(OrderService.class);

        assertThat(service.place("O-1").valueBytes()).isEqualTo(3);
        assertThat(injector.getInstance(Key.get(OF_STRINGS)).topic()).isEqualTo(ORDERS);
        assertThat(texts()).containsExactly("O-1");
        injector.getInstance(Publisher.class).close();
    }

    @Test
    void tellsTopicsOfTheSameTypesApartByTheirAlias() {
        Injector injector = Guice.createInjector(
                new KurierModule(), shop, says(kurier -> kurier.topic(RETURNS).valueSerializer("text")));

        assertThat(injector.getInstance(ReturnService.class).returns.topic()).isEqualTo(RETURNS);
        assertThat(injector.getInstance(Key.get(OF_STRINGS, Names.named("orders")))
                        .topic())
                .isEqualTo(ORDERS);
        injector.getInstance(Publisher.class).close();
    }

    @Test
    void refusesAMessageOfAnotherTopic() {
        try (Publisher publisher =
                Guice.createInjector(new KurierModule(), shop).getInstance(Publisher.class)) {
            TopicPublisher<String, String> orders = TopicPublisher.of(publisher, ORDERS);
            TopicPublisher<String, String> returns = TopicPublisher.of(publisher, RETURNS);

            assertThatThrownBy(
                            () -> orders.publish(returns.message(null, "O-1")).join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(PublishException.class, refused -> {
                        assertThat(refused.outcome()).isEqualTo(Outcome.REJECTED);
                        assertThat(refused).hasMessageContaining("for another topic than orders");
                    });
            assertThat(orders.tryPublish(returns.message(null, "O-1"))).isCompletedExceptionally();
            assertThat(texts()).isEmpty();
        }
    }

    @Test
    void connectsOnlyWhenThePublisherIsAskedFor() {
        Injector injector = Guice.createInjector(new KurierModule(), shop);

        assertThat(connected).isEmpty();
        injector.getInstance(Publisher.class).close();
        assertThat(connected).hasSize(1);
    }

    @Test
    void hasPluginsAndListenersWithInjectedDependencies() {
        List<String> lines = new ArrayList<>();
        Module dependencies = new AbstractModule() {
            @Override
            protected void configure() {
                bind(String.class).annotatedWith(Names.named("word")).toInstance("secret");
                bind(new TypeLiteral<List<String>>() {}).toInstance(lines);
                KurierBinder kurier = KurierBinder.of(binder());
                // region bound-guard
                kurier.guard(Censor.class).listener(Ledger.class);
                kurier.keys(ORDERS).guards("censor");
                // endregion
            }
        };
        try (Publisher publisher =
                Guice.createInjector(new KurierModule(), shop, dependencies).getInstance(Publisher.class)) {
            publisher.publish(ORDERS, null, "plain").join();
            assertThat(publisher.publish(ORDERS, null, "a secret")).isCompletedExceptionally();
            Awaitility.await().untilAsserted(() -> assertThat(lines).containsExactly("orders"));
            assertThat(texts()).containsExactly("plain");
        }
    }

    /** A format that takes the names of framings. */
    private static final class Format implements SerializerPlugin {
        private final List<String> framings = new ArrayList<>();

        @Override
        public String name() {
            return "format";
        }

        @Override
        public SerializerPlugin withFramings(List<FramingPlugin> found) {
            found.forEach(framing -> framings.add(framing.name()));
            return this;
        }

        @Override
        public Serializer<?> serializer(SerializerSettings settings) {
            return new StringSerializer();
        }
    }

    /** Made by Guice. */
    static final class Numbered implements FramingPlugin {
        private final String registry;

        @Inject
        Numbered(@Named("word") String registry) {
            this.registry = registry;
        }

        @Override
        public String name() {
            return "numbered-" + registry;
        }

        @Override
        public Framing framing(FramingSettings settings) {
            throw new IllegalStateException("not asked for");
        }
    }

    @Test
    void hasFramingsWithInjectedDependencies() {
        Format format = new Format();
        Module framings = new AbstractModule() {
            @Override
            protected void configure() {
                bind(String.class).annotatedWith(Names.named("word")).toInstance("main");
                KurierBinder.of(binder()).serializer(format).framing(Numbered.class);
            }
        };

        Guice.createInjector(new KurierModule(), shop, framings)
                .getInstance(Publisher.class)
                .close();

        assertThat(format.framings).containsExactly("numbered-main");
    }

    @Test
    void overridesKeysForAnEnvironment(@TempDir Path folder) throws IOException {
        Path base =
                Files.writeString(folder.resolve("kurier.properties"), "producer.linger.ms=5\nclose.timeout.ms=1000\n");
        Path staging = Files.writeString(folder.resolve("kurier-staging.properties"), "producer.linger.ms=50\n");
        Module production = Modules.combine(shop, says(kurier -> kurier.properties(base)));
        Module overridden = Modules.override(production).with(says(kurier -> {
            kurier.set("bootstrap.servers", "staging:9092").properties(staging);
            kurier.keys(ORDERS).partitions(1);
        }));

        Guice.createInjector(new KurierModule(), overridden)
                .getInstance(Publisher.class)
                .close();

        PublisherConfig config = connected.get(0);
        assertThat(config.connection()).containsEntry("bootstrap.servers", "staging:9092");
        assertThat(config.producer()).containsEntry("linger.ms", "50");
        assertThat(config.settings()).containsKey("close.timeout.ms");
        assertThat(config.topics().get(0).partitions()).isEqualTo(1);
    }

    @Test
    void overridesTheWayToKafkaInATest() {
        Module production = says(kurier -> {
            kurier.set("bootstrap.servers", "127.0.0.1:1");
            kurier.topic(ORDERS).valueSerializer("text");
        });
        try (Publisher publisher = Guice.createInjector(
                        new KurierModule(),
                        Modules.override(production).with(says(kurier -> kurier.transport(factory))))
                .getInstance(Publisher.class)) {
            assertThat(publisher.publish(ORDERS, null, "O-1").join().valueBytes())
                    .isEqualTo(3);
        }
    }

    @Test
    void hasSeveralPublishersInOneInjector() {
        ScriptedTransport second = new ScriptedTransport();
        Injector injector =
                Guice.createInjector(KurierModule.named("shop", shop), KurierModule.named("audit", says(kurier -> {
                    kurier.set("bootstrap.servers", "audit:9092").set("application.id", "shop");
                    kurier.transport(config -> {
                        connected.add((PublisherConfig) config);
                        return second;
                    });
                    kurier.topic(NOTES).valueSerializer("text");
                })));
        Publisher orders = injector.getInstance(Key.get(Publisher.class, Names.named("shop")));
        Publisher audit = injector.getInstance(Key.get(Publisher.class, Names.named("audit")));

        injector.getInstance(OrderService.class).place("O-1");
        injector.getInstance(Key.get(new TypeLiteral<TopicPublisher<String, CharSequence>>() {}))
                .publish(null, "noted")
                .join();

        assertThat(orders).isNotSameAs(audit);
        assertThat(texts()).containsExactly("O-1");
        assertThat(second.taken()).hasSize(1);
        assertThat(connected)
                .extracting(config -> config.transactions().publisherName())
                .containsExactly("shop", "audit");
        assertThatThrownBy(() -> injector.getInstance(Publisher.class)).isInstanceOf(ConfigurationException.class);
        orders.close();
        audit.close();
    }

    @Test
    void leavesThePublishersNameToAModuleThatSetsIt() {
        Injector injector = Guice.createInjector(
                KurierModule.named("shop", shop, says(kurier -> kurier.set("publisher.name", "till"))));

        injector.getInstance(Key.get(Publisher.class, Names.named("shop"))).close();

        assertThat(connected.get(0).transactions().publisherName()).isEqualTo("till");
    }

    @Test
    void isInstalledOnceByHoweverManyModules() {
        Injector injector = Guice.createInjector(new KurierModule(), Modules.combine(new KurierModule(), shop));

        injector.getInstance(Publisher.class).close();

        assertThat(connected).hasSize(1);
    }

    @Test
    void reportsAKeyThatStandsInAFileTwiceWithBothLines(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("kurier.properties"), "close.timeout.ms=1\nclose.timeout.ms=2\n");

        assertThatThrownBy(
                        () -> Guice.createInjector(new KurierModule(), shop, says(kurier -> kurier.properties(file))))
                .isInstanceOf(CreationException.class)
                .hasMessageContaining(
                        "close.timeout.ms (kurier.properties:2): set twice, first in kurier.properties:1. Keep one of them.");
    }

    private List<String> texts() {
        return transport.taken().stream().map(taken -> text(taken.record())).toList();
    }

    private static String text(EncodedRecord record) {
        byte[] value = record.value();
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }
}
