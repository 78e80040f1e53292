// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.core.Kurier;
import io.kurier.core.KurierBuilder;
import io.kurier.core.internal.publisher.ScriptedTransport;
import io.kurier.spi.Guard;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.GuardSettings;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

/** What a plugin learns of its topic, and when it is closed: once by a publisher that uses it, after all that it made. */
class PluginLifeTest {
    private final List<String> events = new ArrayList<>();

    private final class Client implements SerializerPlugin {
        @Override
        public String name() {
            return "client";
        }

        @Override
        public Serializer<?> serializer(SerializerSettings settings) {
            String what = settings.alias() + "/" + settings.topic() + (settings.forKey() ? "/key" : "/value");
            events.add("made " + what);
            return new Serializer<Object>() {
                @Override
                public byte[] serialize(String topic, Object value) {
                    return value.toString().getBytes(StandardCharsets.UTF_8);
                }

                @Override
                public void close() {
                    events.add("closed " + what);
                }
            };
        }

        @Override
        public void close() {
            events.add("closed client");
        }
    }

    private final class Vault implements GuardPlugin {
        @Override
        public String name() {
            return "vault";
        }

        @Override
        public Guard guard(GuardSettings settings) {
            return record -> record;
        }

        @Override
        public void close() {
            events.add("closed vault");
            throw new IllegalStateException("the vault is gone");
        }
    }

    private KurierBuilder kurier() {
        return Kurier.builder()
                .set("bootstrap.servers", "127.0.0.1:9092")
                .set("topics", "orders,returns")
                .set("topics.orders.name", "shop-orders")
                .set("topics.orders.value.serializer", "client")
                .set("topics.returns.key.serializer", "client")
                .set("topics.returns.value.serializer", "text")
                .serializer(new Client())
                .guard(new Vault())
                .transport(config -> new ScriptedTransport());
    }

    @Test
    void isClosedOnceAfterAllThatItMadeForSeveralTopics() {
        try (Publisher publisher = kurier().start()) {
            assertThat(events).containsExactly("made orders/shop-orders/value", "made returns/returns/key");
            publisher.flush().join();
        }

        assertThat(events.subList(2, events.size()))
                .containsExactlyInAnyOrder(
                        "closed orders/shop-orders/value", "closed returns/returns/key", "closed client")
                .endsWith("closed client");
    }

    @Test
    void oneThatIsOnlyFoundIsNotClosed() {
        kurier().start().close();
        assertThat(events).doesNotContain("closed vault");
    }

    @Test
    void oneThatFailsHidesNoOther() {
        kurier().set("topics.orders.guards", "vault").start().close();
        assertThat(events).contains("closed vault", "closed client");
    }

    @Test
    void isClosedAfterACheckAndAfterAStartThatFails() {
        assertThat(kurier().check()).isNotEmpty();
        assertThat(events).endsWith("closed client");
        events.clear();

        assertThatThrownBy(
                        () -> kurier().set("topics.orders.partitions", "none").start())
                .isInstanceOf(StartException.class);
        assertThat(events).endsWith("closed client");
    }
}
