// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

import static io.kurier.core.guice.WiringCases.says;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.inject.AbstractModule;
import com.google.inject.Binder;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Inject;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.PrivateModule;
import com.google.inject.Singleton;
import com.google.inject.Stage;
import com.google.inject.TypeLiteral;
import com.google.inject.name.Names;
import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.TopicPublisher;
import io.kurier.core.internal.publisher.ScriptedTransport;
import io.kurier.core.transport.TransportFactory;
import io.kurier.spi.PublishListener;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The injectors of larger applications: strict ones, those of production, children, and private modules. */
class StrictInjectorTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);
    private static final Key<TopicPublisher<String, String>> OF_ORDERS = Key.get(new TypeLiteral<>() {});

    private final AtomicInteger connects = new AtomicInteger();
    private final TransportFactory factory = config -> {
        connects.incrementAndGet();
        return new ScriptedTransport();
    };
    private final Module shop = says(kurier -> {
        kurier.set("bootstrap.servers", "127.0.0.1:9092").transport(factory).listener(Silent.class);
        kurier.topic(ORDERS).valueSerializer("text");
    });

    /** A listener that Guice makes. */
    static final class Silent implements PublishListener {
        @Inject
        Silent() {}
    }

    /** A service of the application. */
    @Singleton
    static final class Desk {
        private final TopicPublisher<String, String> orders;

        @Inject
        Desk(TopicPublisher<String, String> orders) {
            this.orders = orders;
        }
    }

    /** Another one. */
    @Singleton
    static final class OtherDesk {
        private final TopicPublisher<String, String> orders;

        @Inject
        OtherDesk(TopicPublisher<String, String> orders) {
            this.orders = orders;
        }
    }

    private static final Module DESKS = new AbstractModule() {
        @Override
        protected void configure() {
            bind(Desk.class);
            bind(OtherDesk.class);
        }
    };

    /** Guice's strict options. */
    enum Option {
        AT_INJECT_ON_CONSTRUCTORS(Binder::requireAtInjectOnConstructors),
        EXPLICIT_BINDINGS(Binder::requireExplicitBindings),
        EXACT_BINDING_ANNOTATIONS(Binder::requireExactBindingAnnotations),
        NO_CIRCULAR_PROXIES(Binder::disableCircularProxies),
        ALL(binder -> {
            binder.requireAtInjectOnConstructors();
            binder.requireExplicitBindings();
            binder.requireExactBindingAnnotations();
            binder.disableCircularProxies();
        });

        private final Consumer<Binder> set;

        Option(Consumer<Binder> set) {
            this.set = set;
        }
    }

    @ParameterizedTest
    @EnumSource
    void allowsEachStrictOption(Option option) {
        Injector injector = Guice.createInjector(option.set::accept, new KurierModule(), shop, DESKS);

        assertThat(injector.getInstance(Desk.class).orders.topic()).isEqualTo(ORDERS);
        injector.getInstance(Publisher.class).close();
    }

    @ParameterizedTest
    @EnumSource
    void allowsThemWithNamedPublishers(Option option) {
        Injector injector = Guice.createInjector(option.set::accept, KurierModule.named("shop", shop), DESKS);

        assertThat(injector.getInstance(Desk.class).orders.topic()).isEqualTo(ORDERS);
        injector.getInstance(Key.get(Publisher.class, Names.named("shop"))).close();
    }

    @Test
    void connectsOnceWhileAnInjectorOfProductionIsCreated() {
        Injector injector = Guice.createInjector(Stage.PRODUCTION, new KurierModule(), shop, DESKS);

        assertThat(connects).hasValue(1);
        assertThat(injector.getInstance(OtherDesk.class).orders.topic()).isEqualTo(ORDERS);
        injector.getInstance(Publisher.class).close();
        assertThat(connects).hasValue(1);
    }

    @Test
    void triesOnceWhileAnInjectorOfProductionCannotBeCreated() {
        Module down = says(kurier -> {
            kurier.set("bootstrap.servers", "127.0.0.1:9092").transport(config -> {
                connects.incrementAndGet();
                throw new StartException("no broker answered", null);
            });
            kurier.topic(ORDERS).valueSerializer("text");
        });

        CreationException failed = requireNonNull(catchThrowableOfType(
                CreationException.class,
                () -> Guice.createInjector(Stage.PRODUCTION, new KurierModule(), down, DESKS)));

        assertThat(failed).hasMessageContaining("no broker answered");
        assertThat(connects).hasValue(1);
    }

    @Test
    void canBeAskedAgainInAnInjectorOfDevelopment() {
        Module late = says(kurier -> {
            kurier.set("bootstrap.servers", "127.0.0.1:9092").transport(config -> {
                if (connects.incrementAndGet() == 1) {
                    throw new StartException("no broker answered", null);
                }
                return new ScriptedTransport();
            });
            kurier.topic(ORDERS).valueSerializer("text");
        });
        Injector injector = Guice.createInjector(new KurierModule(), late);

        assertThat(catchThrowableOfType(RuntimeException.class, () -> injector.getInstance(Publisher.class)))
                .hasMessageContaining("no broker answered");
        injector.getInstance(Publisher.class).close();
    }

    @Test
    void servesServicesOfAChildInjector() {
        Injector parent = Guice.createInjector(new KurierModule(), shop);
        Injector child = parent.createChildInjector(DESKS);

        assertThat(child.getInstance(Desk.class).orders.topic()).isEqualTo(ORDERS);
        assertThat(child.getInstance(Publisher.class)).isSameAs(parent.getInstance(Publisher.class));
        parent.getInstance(Publisher.class).close();
    }

    @Test
    void livesInAChildInjectorToo() {
        Injector parent = Guice.createInjector();
        Injector child = parent.createChildInjector(new KurierModule(), shop);

        assertThat(child.getInstance(OF_ORDERS).topic()).isEqualTo(ORDERS);
        child.getInstance(Publisher.class).close();
    }

    @Test
    void refusesABinderInAChildOfTheInjectorThatHasTheModule() {
        Injector parent = Guice.createInjector(new KurierModule(), shop);

        assertThat(catchThrowableOfType(
                        RuntimeException.class,
                        () -> parent.createChildInjector(says(kurier -> kurier.set("client.id", "late")))))
                .isNotNull()
                .hasMessageContaining("was bound multiple times");
        parent.getInstance(Publisher.class).close();
    }

    @Test
    void livesInAPrivateModule() {
        Injector injector = Guice.createInjector(new PrivateModule() {
            @Override
            protected void configure() {
                install(new KurierModule());
                install(shop);
                install(DESKS);
                expose(Desk.class);
                expose(Publisher.class);
            }
        });

        assertThat(injector.getInstance(Desk.class).orders.topic()).isEqualTo(ORDERS);
        injector.getInstance(Publisher.class).close();
        assertThat(connects).hasValue(1);
    }
}
