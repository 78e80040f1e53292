// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Inject;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.TypeLiteral;
import com.google.inject.name.Named;
import com.google.inject.name.Names;
import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.TopicPublisher;
import io.kurier.core.internal.publisher.ScriptedTransport;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serializer;

/** Wirings that cannot work, by the names of their golden files. */
final class WiringCases {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);
    private static final Topic<String, String> RETURNS = Topic.of("returns", String.class, String.class);

    private WiringCases() {}

    /** A plugin that Guice makes, with something that nobody binds, and that takes nothing but strings. */
    static final class Stamping implements SerializerPlugin {
        private final String stamp;

        @Inject
        Stamping(@Named("stamp") String stamp) {
            this.stamp = stamp;
        }

        @Override
        public String name() {
            return "stamping";
        }

        @Override
        public Serializer<?> serializer(SerializerSettings settings) {
            if (settings.type() != String.class) {
                throw new IllegalArgumentException("it takes String, and the topic's type is "
                        + settings.type().getTypeName()
                        + ". Declare the topic with String, or name another serializer.");
            }
            return (Serializer<String>) (topic, text) -> (stamp + text).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Another plugin of that name. */
    static final class StampingToo implements SerializerPlugin {
        @Override
        public String name() {
            return "stamping";
        }

        @Override
        public Serializer<?> serializer(SerializerSettings settings) {
            return (Serializer<String>) (topic, text) -> text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** A module in one expression. */
    static Module says(Consumer<KurierBinder> said) {
        return new AbstractModule() {
            @Override
            protected void configure() {
                said.accept(KurierBinder.of(binder()));
            }
        };
    }

    private static final Module BROKER = says(
            kurier -> kurier.set("bootstrap.servers", "127.0.0.1:9092").transport(config -> new ScriptedTransport()));
    private static final Module STAMP = new AbstractModule() {
        @Override
        protected void configure() {
            bind(String.class).annotatedWith(Names.named("stamp")).toInstance("1 ");
        }
    };

    static Map<String, Runnable> all() {
        Map<String, Runnable> cases = new LinkedHashMap<>();
        cases.put(
                "serializer-unknown",
                () -> created(BROKER, says(kurier -> kurier.topic(ORDERS).valueSerializer("txet"))));
        cases.put("serializer-missing-for-a-type", () -> created(BROKER, says(kurier -> kurier.topic(ORDERS))));
        cases.put(
                "serializer-for-another-type",
                () -> created(
                        BROKER,
                        STAMP,
                        says(kurier -> kurier.serializer(Stamping.class)
                                .topic(Topic.of("orders", String.class, Integer.class))
                                .valueSerializer("stamping"))));
        cases.put(
                "serializer-bound-twice",
                () -> created(
                        BROKER,
                        STAMP,
                        says(kurier -> kurier.serializer(Stamping.class)
                                .serializer(new StampingToo())
                                .topic(ORDERS)
                                .valueSerializer("stamping"))));
        cases.put(
                "serializer-without-its-dependency",
                () -> created(
                        BROKER,
                        says(kurier ->
                                kurier.serializer(Stamping.class).topic(ORDERS).valueSerializer("stamping"))));
        cases.put(
                "partitioner-unknown",
                () -> created(
                        BROKER,
                        says(kurier ->
                                kurier.topic(ORDERS).valueSerializer("text").partitioner("first-bite"))));
        cases.put(
                "guard-unknown",
                () -> created(
                        BROKER,
                        says(kurier ->
                                kurier.topic(ORDERS).valueSerializer("text").guards("seel"))));
        cases.put(
                "guard-without-its-key",
                () -> created(
                        BROKER,
                        says(kurier ->
                                kurier.topic(ORDERS).valueSerializer("text").guards("seal"))));
        cases.put(
                "topic-declared-twice",
                () -> created(
                        BROKER,
                        says(kurier -> kurier.topic(ORDERS).valueSerializer("text")),
                        says(kurier -> kurier.topic(ORDERS))));
        cases.put(
                "topic-declared-twice-with-other-types",
                () -> created(
                        BROKER,
                        says(kurier -> kurier.topic(ORDERS).valueSerializer("text")),
                        says(kurier -> kurier.topic(Topic.of("orders", String.class, Integer.class)))));
        cases.put(
                "key-unknown",
                () -> created(
                        BROKER,
                        says(kurier ->
                                kurier.topic(ORDERS).valueSerializer("text").set("partition", "3"))));
        cases.put(
                "key-set-by-two-modules",
                () -> created(
                        BROKER,
                        says(kurier ->
                                kurier.topic(ORDERS).valueSerializer("text").partitions(3)),
                        says(kurier -> kurier.keys(ORDERS).partitions(6))));
        cases.put(
                "key-set-by-two-modules-in-maps",
                () -> created(
                        BROKER,
                        says(kurier -> kurier.set(Map.of("client.id", "shop"))),
                        says(kurier -> kurier.set(Map.of("client.id", "shop-2")))));
        cases.put(
                "module-forgotten",
                () -> Guice.createInjector(
                        BROKER, says(kurier -> kurier.topic(ORDERS).valueSerializer("text"))));
        cases.put("file-missing", () -> created(says(kurier -> kurier.properties(Path.of("absent.properties")))));
        cases.put(
                "several-problems",
                () -> created(BROKER, says(kurier -> {
                    kurier.set("producer.lingr.ms", "1").set("profil", "latency");
                    kurier.topic(ORDERS).valueSerializer("jsn").partitions(0);
                    kurier.topic(RETURNS);
                })));
        cases.put(
                "named-publisher",
                () -> Guice.createInjector(
                        KurierModule.named(
                                "shop",
                                BROKER,
                                says(kurier -> kurier.topic(ORDERS).valueSerializer("text"))),
                        KurierModule.named(
                                "audit",
                                BROKER,
                                says(kurier -> kurier.topic(ORDERS).valueSerializer("txet")))));
        cases.put(
                "topic-publisher-of-two-topics",
                () -> Guice.createInjector(new KurierModule(), BROKER, says(kurier -> {
                            kurier.topic(ORDERS).valueSerializer("text");
                            kurier.topic(RETURNS).valueSerializer("text");
                        }))
                        .getInstance(Key.get(new TypeLiteral<TopicPublisher<String, String>>() {})));
        cases.put(
                "topic-publisher-of-two-publishers",
                () -> Guice.createInjector(
                                KurierModule.named(
                                        "shop",
                                        BROKER,
                                        says(kurier -> kurier.topic(ORDERS).valueSerializer("text"))),
                                KurierModule.named(
                                        "audit",
                                        BROKER,
                                        says(kurier -> kurier.topic(ORDERS).valueSerializer("text"))))
                        .getInstance(
                                Key.get(new TypeLiteral<TopicPublisher<String, String>>() {}, Names.named("orders"))));
        cases.put(
                "start-refused",
                () -> created(says(kurier -> kurier.set("bootstrap.servers", "127.0.0.1:9092")
                                .transport(config -> {
                                    throw new StartException("topics.orders: there is no topic orders", null);
                                })))
                        .getInstance(Publisher.class));
        return cases;
    }

    private static Injector created(Module... modules) {
        Module[] all = Arrays.copyOf(modules, modules.length + 1);
        all[modules.length] = new KurierModule();
        return Guice.createInjector(all);
    }
}
