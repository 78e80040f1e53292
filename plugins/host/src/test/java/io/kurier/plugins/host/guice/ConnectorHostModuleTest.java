// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.guice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.PrivateModule;
import com.google.inject.multibindings.OptionalBinder;
import com.google.inject.name.Named;
import com.google.inject.name.Names;
import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.core.guice.KurierBinder;
import io.kurier.core.guice.KurierModule;
import io.kurier.plugins.host.ConnectorHost;
import io.kurier.plugins.host.HostListener;
import io.kurier.plugins.host.OffsetStorage;
import io.kurier.testkit.FakeKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ConnectorHostModuleTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);

    @TempDir
    private Path folder;

    private final FakeKafka kafka = new FakeKafka();
    private final Module shop = says(kurier -> {
        kurier.set("bootstrap.servers", "nowhere:9092").transport(kafka);
        kurier.topic(ORDERS).valueSerializer("text");
    });

    private static Module says(Consumer<KurierBinder> words) {
        return new AbstractModule() {
            @Override
            protected void configure() {
                words.accept(KurierBinder.of(binder()));
            }
        };
    }

    private Path connector(String... more) throws IOException {
        Path input = Files.writeString(folder.resolve("a.log"), "one\ntwo\n");
        return Files.writeString(
                folder.resolve("web.properties"),
                "name=web\nconnector.class=TextSource\npath=" + input + "\ntopic=web-log\n" + String.join("\n", more));
    }

    @Test
    void startsTheConnectorsAndDeclaresTheirTopicsToThePublisher() throws Exception {
        Path webLog = connector();
        // region connectors
        Injector injector = Guice.createInjector(new KurierModule(), shop, ConnectorHostModule.of(webLog));
        try (Publisher publisher = injector.getInstance(Publisher.class);
                ConnectorHost host = injector.getInstance(ConnectorHost.class)) {
            publisher.publish(ORDERS, "C-7", "one").join();
            host.awaitDrained(); // a service waits for its end instead
        }
        // endregion
        assertThat(kafka.records("web-log")).hasSize(2);
        assertThat(kafka.records("orders")).hasSize(1);
    }

    @Test
    void makesOneHost() throws Exception {
        Injector injector = Guice.createInjector(new KurierModule(), shop, ConnectorHostModule.of(connector()));
        try (Publisher publisher = injector.getInstance(Publisher.class);
                ConnectorHost host = injector.getInstance(ConnectorHost.class)) {
            host.awaitDrained();
            assertThat(publisher).isSameAs(injector.getInstance(Publisher.class));
            assertThat(host).isSameAs(injector.getInstance(ConnectorHost.class));
            assertThat(host.status("web").tasks().get(0).records()).isEqualTo(2);
        }
    }

    @Test
    void takesPropertiesOfCode() throws Exception {
        Map<String, String> web = Map.of(
                "name", "web",
                "connector.class", "TextSource",
                "path", Files.writeString(folder.resolve("a.log"), "one\n").toString(),
                "topic", "web-log");
        Injector injector = Guice.createInjector(new KurierModule(), shop, ConnectorHostModule.of(List.of(web)));
        try (Publisher publisher = injector.getInstance(Publisher.class);
                ConnectorHost host = injector.getInstance(ConnectorHost.class)) {
            host.awaitDrained();
            assertThat(publisher).isNotNull();
            assertThat(kafka.records("web-log")).hasSize(1);
        }
    }

    @Test
    void callsTheListenerAndUsesTheOffsetsThatAModuleBinds() throws Exception {
        AtomicInteger stored = new AtomicInteger();
        Path offsets = folder.resolve("kurier.offsets");
        Path connector = connector();
        Module own = new AbstractModule() {
            @Override
            protected void configure() {
                OptionalBinder.newOptionalBinder(binder(), HostListener.class)
                        .setBinding()
                        .toInstance(new HostListener() {
                            @Override
                            public void finished(String name, String source, long records, long bytes) {
                                stored.addAndGet((int) records);
                            }
                        });
                // region bound-offsets
                OptionalBinder.newOptionalBinder(binder(), OffsetStorage.class)
                        .setBinding()
                        .toInstance(OffsetStorage.inFile(offsets));
                // endregion
            }
        };
        for (int run = 0; run < 2; run++) {
            Injector injector = Guice.createInjector(new KurierModule(), shop, own, ConnectorHostModule.of(connector));
            try (Publisher publisher = injector.getInstance(Publisher.class);
                    ConnectorHost host = injector.getInstance(ConnectorHost.class)) {
                host.awaitDrained();
                assertThat(publisher).isNotNull();
            }
            assertThat(stored).hasValue(2);
            assertThat(kafka.records("web-log")).hasSize(2);
        }
    }

    @Test
    void reportsAllThatIsWrongWithTheConnectorsWhenTheInjectorIsCreated() throws Exception {
        Path web = connector("pth=/x");
        Path nameless = Files.writeString(folder.resolve("nameless.properties"), "connector.class=TextSource\n");
        assertThatThrownBy(() -> Guice.createInjector(new KurierModule(), shop, ConnectorHostModule.of(web, nameless)))
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("connector web, pth (web.properties:5): unknown key. Did you mean path?")
                .hasMessageContaining("nameless.properties: it has no name.");
    }

    @Test
    void namesBothPlacesOfAKeyThatIsSetTwice() throws Exception {
        Path web = connector("topic.creation.default.partitions=3");
        Module twice = says(kurier -> kurier.set("topics.web-log.partitions", "6"));
        assertThatThrownBy(() -> Guice.createInjector(new KurierModule(), shop, twice, ConnectorHostModule.of(web)))
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("web.properties:5")
                .hasMessageContaining("ConnectorHostModuleTest.java");
    }

    @Test
    void reportsAPublisherThatNoModuleMakes() throws Exception {
        Path web = connector();
        assertThatThrownBy(() -> Guice.createInjector(ConnectorHostModule.of(web)))
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("Publisher");
    }

    @Test
    void worksInAPrivateModuleOfAStrictInjector() throws Exception {
        Path web = connector();
        Injector injector = Guice.createInjector(
                binder -> {
                    binder.requireExplicitBindings();
                    binder.requireAtInjectOnConstructors();
                    binder.requireExactBindingAnnotations();
                    binder.disableCircularProxies();
                },
                new PrivateModule() {
                    @Override
                    protected void configure() {
                        install(new KurierModule());
                        install(shop);
                        install(ConnectorHostModule.of(web));
                        Named logs = Names.named("logs");
                        bind(Key.get(Publisher.class, logs)).to(Publisher.class);
                        expose(Key.get(Publisher.class, logs));
                        bind(Key.get(ConnectorHost.class, logs)).to(ConnectorHost.class);
                        expose(Key.get(ConnectorHost.class, logs));
                    }
                });
        try (Publisher publisher = injector.getInstance(Key.get(Publisher.class, Names.named("logs")));
                ConnectorHost host = injector.getInstance(Key.get(ConnectorHost.class, Names.named("logs")))) {
            host.awaitDrained();
            assertThat(publisher).isNotNull();
            assertThat(kafka.records("web-log")).hasSize(2);
        }
    }
}
