// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.TypeRef;
import io.kurier.core.internal.publisher.ScriptedTransport;
import io.kurier.spi.Framing;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.FramingSettings;
import io.kurier.spi.Guard;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.GuardSettings;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

/** What a guard knows of the topic and of the values that it will see. */
class GuardSettingsTest {
    private static final Topic<String, List<Integer>> ORDERS =
            Topic.of("orders", new TypeRef<String>() {}, new TypeRef<List<Integer>>() {});

    private final List<GuardSettings> received = new ArrayList<>();

    /** Passes each record. */
    private final class Curious implements GuardPlugin {
        @Override
        public String name() {
            return "curious";
        }

        @Override
        public Guard guard(GuardSettings settings) {
            received.add(settings);
            return record -> record;
        }
    }

    /** Writes the size of a list, with as many digits as its key says. */
    private static final class Sizes implements SerializerPlugin {
        @Override
        public String name() {
            return "sizes";
        }

        @Override
        public ConfigDef configDef() {
            return new ConfigDef().define("digits", ConfigDef.Type.INT, 2, ConfigDef.Importance.LOW, "digits");
        }

        @Override
        public Serializer<List<?>> serializer(SerializerSettings settings) {
            if (settings.config().getInt("digits") > 9) {
                throw new IllegalArgumentException("too many digits");
            }
            return (topic, list) -> new byte[settings.config().getInt("digits")];
        }
    }

    /** Is there, and frames nothing. */
    private static final class Stamp implements FramingPlugin {
        @Override
        public String name() {
            return "stamp";
        }

        @Override
        public Framing framing(FramingSettings settings) {
            throw new IllegalStateException("not asked for");
        }
    }

    private KurierBuilder kurier() {
        return Kurier.builder()
                .set("bootstrap.servers", "127.0.0.1:9092")
                .set("topics.orders.name", "shop-orders")
                .set("topics.orders.key.serializer", "text")
                .set("topics.orders.value.serializer", "sizes")
                .set("topics.orders.guards", "curious")
                .topics(ORDERS)
                .serializer(new Sizes())
                .guard(new Curious())
                .framing(new Stamp())
                .transport(config -> new ScriptedTransport());
    }

    @Test
    void haveTheTopicTheDeclaredTypeOfTheValuesAndTheirSerializerWithItsKeys() {
        kurier().set("topics.orders.value.serializer.digits", "4").start().close();

        assertThat(received).singleElement().satisfies(settings -> {
            assertThat(settings.name()).isEqualTo("curious");
            assertThat(settings.alias()).isEqualTo("orders");
            assertThat(settings.topic()).isEqualTo("shop-orders");
            assertThat(settings.config().values()).isEmpty();
            assertThat(settings.framings()).extracting(FramingPlugin::name).contains("stamp");
            assertThat(settings.values()).isNotNull().satisfies(values -> {
                assertThat(values.name()).isEqualTo("sizes");
                assertThat(values.alias()).isEqualTo("orders");
                assertThat(values.topic()).isEqualTo("shop-orders");
                assertThat(values.forKey()).isFalse();
                assertThat(values.type()).isEqualTo(ORDERS.valueType().type());
                assertThat(values.config().getInt("digits")).isEqualTo(4);
            });
        });
    }

    @Test
    void knowNothingOfTheValuesOfASerializerThatCannotBeMade() {
        assertThatThrownBy(() -> kurier().set("topics.orders.value.serializer.digits", "10")
                        .start())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("too many digits");

        assertThat(received).singleElement().extracting(GuardSettings::values).isNull();
    }
}
