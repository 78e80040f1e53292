// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.ArrayHeaders;
import io.kurier.spi.Frame;
import io.kurier.spi.FrameReader;
import io.kurier.spi.FrameWriter;
import io.kurier.spi.Framing;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.FramingSettings;
import io.kurier.spi.NotReadyException;
import io.kurier.spi.PayloadSchema;
import io.kurier.spi.SerializerSettings;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FramingsTest {
    private static final PayloadSchema SCHEMA = PayloadSchema.of("some", "com.example.Some", "text");

    /** Writes into a header, and is not ready until the test makes it ready. */
    private static final class Stamp implements FramingPlugin {
        final String name;
        final CompletableFuture<Void> ready = new CompletableFuture<>();
        final AtomicInteger writers = new AtomicInteger();

        @Nullable
        FramingSettings settings;

        boolean closed;

        /** Whether it refuses to write. */
        boolean readsOnly;

        Stamp(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean supports(String format) {
            return format.equals("some");
        }

        @Override
        public ConfigDef configDef() {
            return new ConfigDef()
                    .define(
                            "mark",
                            ConfigDef.Type.INT,
                            ConfigDef.NO_DEFAULT_VALUE,
                            ConfigDef.Range.atLeast(1),
                            ConfigDef.Importance.HIGH,
                            "its mark")
                    .define("secret", ConfigDef.Type.PASSWORD, "", ConfigDef.Importance.LOW, "for its server");
        }

        @Override
        public Framing framing(FramingSettings given) {
            settings = given;
            byte mark = given.config().getInt("mark").byteValue();
            return new Framing() {
                @Override
                public FrameWriter writer(String topic, PayloadSchema schema) {
                    writers.incrementAndGet();
                    if (!ready.isDone()) {
                        throw new NotReadyException("the mark of " + topic, ready);
                    }
                    ready.join();
                    return headers -> {
                        if (headers != null) {
                            headers.add("schema", new byte[] {mark});
                        }
                        return new byte[] {mark};
                    };
                }

                @Override
                public FrameReader reader(Collection<? extends PayloadSchema> known) {
                    return (topic, headers, bytes, offset, length) -> Frame.NONE;
                }

                @Override
                public boolean addsHeaders() {
                    return true;
                }

                @Override
                public void checkWriting() {
                    if (readsOnly) {
                        throw new ConfigException("the framing stamp only reads");
                    }
                }
            };
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final Stamp stamp = new Stamp("stamp");
    private final Framings framings = Framings.of("some", FramingsTest.class).with(List.of(stamp));

    private SerializerSettings settings(Map<String, String> keys) {
        return new SerializerSettings(
                "some",
                "orders",
                "orders-v1",
                true,
                Object.class,
                new AbstractConfig(framings.defineIn(new ConfigDef()), keys));
    }

    private SchemaFrames stamped() {
        return new SchemaFrames(
                framings.forWriting(settings(Map.of("framing", "stamp", "framing.stamp.mark", "3"))), SCHEMA);
    }

    @Test
    void withoutAKeyThereIsNoFrame() {
        Framing none = framings.forWriting(settings(Map.of()));
        assertThat(none).isSameAs(NoFraming.INSTANCE);
        assertThat(none.writer("orders", SCHEMA).prefix(null)).isEmpty();
        assertThat(none.reader(List.of()).read("orders", null, new byte[] {1}, 0, 1))
                .isEqualTo(Frame.NONE);
    }

    @Test
    void aFramingGetsItsOwnKeysWhichOthersNeedNotSet() {
        ConfigDef keys = framings.defineIn(new ConfigDef());
        assertThat(keys.names()).containsExactly("framing", "framing.stamp.mark", "framing.stamp.secret");
        assertThat(Objects.requireNonNull(keys.configKeys().get("framing.stamp.secret"))
                        .type())
                .isEqualTo(ConfigDef.Type.PASSWORD);
        assertThat(keys.parse(Map.of("framing", "none"))).containsEntry("framing.stamp.mark", null);

        stamped();
        assertThat(stamp.settings).isNotNull().satisfies(given -> {
            assertThat(given.format()).isEqualTo("some");
            assertThat(given.alias()).isEqualTo("orders");
            assertThat(given.forKey()).isTrue();
            assertThat(given.config().getInt("mark")).isEqualTo(3);
        });
    }

    @Test
    void whatIsWrongWithTheChoiceIsSaid() {
        assertThatThrownBy(() -> framings.forWriting(settings(Map.of("framing", "stmp"))))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Invalid value stmp for configuration framing: there is no such framing for some. There are"
                        + " none, stamp. Correct the name, or add the jar that has it");
        assertThatThrownBy(() -> framings.forWriting(settings(Map.of("framing", "stamp"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("which are set as framing.stamp.KEY: Missing required configuration \"mark\"");
        assertThatThrownBy(() -> settings(Map.of("framing.stamp.mark", "0")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("framing.stamp.mark: Value must be at least 1");
        assertThatThrownBy(() -> Framings.of("other", FramingsTest.class)
                        .with(List.of(stamp))
                        .of(new ClientConfig(Map.of("key.other.framing", "stamp"), true)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "configuration key.other.framing: there is no such framing for other. There are none.");
        assertThatThrownBy(() -> Framings.of("some", FramingsTest.class)
                        .with(List.of(stamp, new Stamp("stamp")))
                        .of(new ClientConfig(Map.of("some.framing", "stamp"), false)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("2 plugins have that name");
    }

    @Test
    void aFramingThatOnlyReadsIsRefusedForASerializer() {
        stamp.readsOnly = true;
        SerializerSettings settings = settings(Map.of("framing", "stamp", "framing.stamp.mark", "3"));

        assertThatThrownBy(() -> framings.forWriting(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessage("the framing stamp only reads");
        Framing reading = framings.forReading(settings);
        assertThat(reading.reader(List.of())).isNotNull();
        assertThatThrownBy(reading::checkWriting).isInstanceOf(ConfigException.class);
    }

    @Test
    void aPluginThatFailsHidesNoOther() {
        FramingPlugin failing = new FramingPlugin() {
            @Override
            public String name() {
                return "failing";
            }

            @Override
            public boolean supports(String format) {
                if (format.equals("other")) {
                    throw new IllegalStateException("broken");
                }
                return true;
            }

            @Override
            public ConfigDef configDef() {
                throw new IllegalStateException("no keys");
            }

            @Override
            public Framing framing(FramingSettings settings) {
                return NoFraming.INSTANCE;
            }
        };
        Framings both = Framings.of("some", FramingsTest.class).with(List.of(failing, stamp));
        assertThat(both.defineIn(new ConfigDef()).names()).contains("framing.stamp.mark");
        assertThatThrownBy(() -> both.of(new ClientConfig(Map.of("some.framing", "failing"), false)))
                .hasMessage("no keys");
        assertThatThrownBy(() -> Framings.of("other", FramingsTest.class)
                        .with(List.of(failing))
                        .of(new ClientConfig(Map.of("other.framing", "failing"), false)))
                .hasMessageContaining("There are none, and one that cannot be used: failing (java.lang.IllegalState");
    }

    @Test
    void aWriterIsAskedForOnceForEachTopic() {
        stamp.ready.complete(null);
        SchemaFrames frames = stamped();
        for (int i = 0; i < 3; i++) {
            frames.prefix("a", new ArrayHeaders());
            frames.prefix("b", new ArrayHeaders());
        }
        assertThat(stamp.writers).hasValue(2);
    }

    @Test
    void aFramingThatWritesHeadersNeedsThem() {
        stamp.ready.complete(null);
        ArrayHeaders headers = new ArrayHeaders();
        assertThat(stamped().prefix("orders", headers)).containsExactly(3);
        assertThat(Objects.requireNonNull(headers.lastHeader("schema")).value()).containsExactly(3);
        assertThatThrownBy(() -> stamped().prefix("orders", null))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("Call serialize(topic, headers, value)");
    }

    @Test
    void aPublisherIsToldThatItIsNotReadyAndPreparesIt() {
        SchemaFrames frames = stamped();
        assertThatThrownBy(() -> frames.prefix("orders", new ArrayHeaders())).isInstanceOf(NotReadyException.class);
        CompletableFuture<?> prepared = frames.prepare("orders").toCompletableFuture();
        assertThat(prepared).isNotDone();
        stamp.ready.complete(null);
        assertThat(prepared).isCompleted();
        assertThat(frames.prefix("orders", new ArrayHeaders())).containsExactly(3);
    }

    @Test
    void whatTheServerRefusesFailsThePreparation() {
        CompletableFuture<?> prepared = stamped().prepare("orders").toCompletableFuture();
        stamp.ready.completeExceptionally(new IllegalStateException("not registered"));
        assertThat(prepared).isCompletedExceptionally();
        assertThatThrownBy(prepared::join).hasStackTraceContaining("not registered");
    }

    @Test
    void aPlainClientWaitsAsLongAsItsProducer() {
        Map<String, Object> config = new HashMap<>(Map.of("some.framing", "stamp", "value.some.framing.stamp.mark", 5));
        config.put("some.framing.stamp.mark", 4);
        config.put("max.block.ms", "20");
        Framing framing = framings.of(new ClientConfig(config, false)).orElseThrow();
        assertThatThrownBy(() -> framing.writer("orders", SCHEMA))
                .isInstanceOf(org.apache.kafka.common.errors.TimeoutException.class)
                .hasMessage("not ready, waits for the mark of orders: no answer within 20 ms");

        stamp.ready.complete(null);
        assertThat(framing.writer("orders", SCHEMA).prefix(new ArrayHeaders())).containsExactly(5);
        assertThat(framings.of(new ClientConfig(Map.of(), false))).isEmpty();
    }

    @Test
    void pluginsOfAPublisherAreNotClosedHere() {
        stamped();
        framings.close();
        assertThat(stamp.closed).isFalse();
    }
}
