// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.core.config.ResolvedKey;
import io.kurier.core.internal.publisher.ScriptedTransport;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Guard;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.GuardSettings;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KurierBuilderTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);

    @Test
    void letsAnEnvironmentsFileAndThenArgumentsOverrideKeys(@TempDir Path folder) throws IOException {
        Path base = Files.writeString(
                folder.resolve("kurier.properties"),
                "bootstrap.servers=127.0.0.1:9092\nclose.timeout.ms=1\ntopics.orders.value.serializer=text\n");
        Path staging = Files.writeString(
                folder.resolve("staging.properties"), "bootstrap.servers=staging:9092\nclose.timeout.ms=2\n");
        List<ResolvedKey> keys = Kurier.builder()
                .override(staging)
                .properties(base)
                .override(Map.of("close.timeout.ms", "3"))
                .topics(ORDERS)
                .check();

        assertThat(keys)
                .filteredOn(key -> key.key().equals("bootstrap.servers"))
                .singleElement()
                .satisfies(key -> {
                    assertThat(key.value()).isEqualTo("staging:9092");
                    assertThat(key.source()).isEqualTo("staging.properties:1");
                });
        assertThat(keys)
                .filteredOn(key -> key.key().equals("close.timeout.ms"))
                .extracting(ResolvedKey::value)
                .containsExactly("3");
    }

    @Test
    void refusesAKeyThatIsSetTwiceAndNotOverridden() {
        assertThatThrownBy(() -> Kurier.builder()
                        .set("bootstrap.servers", "127.0.0.1:9092")
                        .set("bootstrap.servers", "127.0.0.1:9093")
                        .check())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("set twice");
    }

    @Test
    void takesAPluginFromCode() {
        ScriptedTransport transport = new ScriptedTransport();
        try (Publisher publisher = Kurier.builder()
                .set("bootstrap.servers", "127.0.0.1:9092")
                .set("topics.orders.value.serializer", "loud")
                .topics(ORDERS)
                .serializer(new Loud())
                .transport(config -> transport)
                .start()) {
            assertThat(publisher.publish(ORDERS, null, "ahoy").join().valueBytes())
                    .isEqualTo("ahoy!".length());
        }
    }

    @Test
    void closesWhatPluginsHaveMadeAfterTheTransport() {
        List<String> closed = new ArrayList<>();
        ScriptedTransport transport = new ScriptedTransport() {
            @Override
            public void close(Duration timeout) {
                closed.add("transport");
                super.close(timeout);
            }
        };
        Publisher publisher = Kurier.builder()
                .set("bootstrap.servers", "127.0.0.1:9092")
                .set("topics.orders.value.serializer", "closing")
                .set("topics.orders.guards", "closing")
                .set("topics.orders.partitioner", "closing")
                .topics(ORDERS)
                .serializer(new ClosingSerializer(closed))
                .guard(new ClosingGuard(closed))
                .partitioner(new ClosingPartitioner(closed))
                .transport(config -> transport)
                .start();
        publisher.publish(ORDERS, null, "ahoy").join();

        publisher.close();
        publisher.close();

        assertThat(closed).containsExactly("transport", "serializer", "guard", "partitioner");
    }

    /** What it makes notes that it is closed, and then fails. */
    private record ClosingSerializer(List<String> closed) implements SerializerPlugin {
        @Override
        public String name() {
            return "closing";
        }

        @Override
        public Serializer<?> serializer(SerializerSettings settings) {
            return new StringSerializer() {
                @Override
                public void close() {
                    closed.add("serializer");
                    throw new IllegalStateException("asked to");
                }
            };
        }
    }

    /** Likewise. */
    private record ClosingGuard(List<String> closed) implements GuardPlugin {
        @Override
        public String name() {
            return "closing";
        }

        @Override
        public Guard guard(GuardSettings settings) {
            return new Guard() {
                @Override
                public EncodedRecord guard(EncodedRecord record) {
                    return record;
                }

                @Override
                public void close() {
                    closed.add("guard");
                    throw new StackOverflowError("asked to");
                }
            };
        }
    }

    /** Likewise. */
    private record ClosingPartitioner(List<String> closed) implements PartitionerPlugin {
        @Override
        public String name() {
            return "closing";
        }

        @Override
        public RecordPartitioner partitioner(PartitionerSettings settings) {
            return new RecordPartitioner() {
                @Override
                public int partition(EncodedRecord record, int partitions) {
                    return 0;
                }

                @Override
                public void close() {
                    closed.add("partitioner");
                }
            };
        }
    }

    /** A plugin with a state that no service loader could give it. */
    private static final class Loud implements SerializerPlugin {
        @Override
        public String name() {
            return "loud";
        }

        @Override
        public Serializer<?> serializer(SerializerSettings settings) {
            StringSerializer strings = new StringSerializer();
            return (Serializer<String>) (topic, text) -> strings.serialize(topic, text + "!");
        }
    }
}
