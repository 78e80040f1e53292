// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.core.internal.publisher.ScriptedTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Partitioners that were written for {@code partitioner.class} of a producer. */
@Timeout(60)
class KafkaPartitionersTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);
    private static final AtomicInteger CLOSED = new AtomicInteger();

    private final ScriptedTransport transport = new ScriptedTransport() {
        @Override
        public IntPredicate leaders(String topic) {
            return partition -> partition % 2 == 1;
        }
    };

    /** A partitioner as Kafka's users have them, which looks at texts. */
    public static final class Mine implements Partitioner {
        private int offset;

        @Override
        public void configure(Map<String, ?> configs) {
            offset = Integer.parseInt(String.valueOf(configs.get("offset")));
        }

        @Override
        public int partition(
                String topic,
                @Nullable Object key,
                byte @Nullable [] keyBytes,
                @Nullable Object value,
                byte @Nullable [] valueBytes,
                Cluster cluster) {
            return (requireNonNull((String) key).length()
                            + requireNonNull((String) value).length()
                            + offset)
                    % cluster.partitionCountForTopic(topic);
        }

        @Override
        public void close() {
            CLOSED.incrementAndGet();
        }
    }

    @BeforeEach
    void openAgain() {
        CLOSED.set(0);
    }

    @Test
    void oneOfKafkasChoosesAmongThePartitionsWithALeader() {
        try (Publisher publisher = publisher(RoundRobinPartitioner.class, Map.of())) {
            for (int i = 0; i < 10; i++) {
                publisher.publish(ORDERS, "key", "v").join();
            }
        }
        assertThat(partitions()).hasSize(10).containsOnly(1, 3);
    }

    @Test
    void oneOfTheApplicationGetsItsKeysAndTexts() {
        String text = StringDeserializer.class.getName();
        Map<String, String> keys = Map.of("offset", "2", "key.deserializer", text, "value.deserializer", text);
        try (Publisher publisher = publisher(Mine.class, keys)) {
            publisher.publish(ORDERS, "key", "v").join(); // 3 + 1 + 2
            assertThat(CLOSED).hasValue(0);
        }
        assertThat(partitions()).containsExactly(2);
        assertThat(CLOSED).hasValue(1);
    }

    @Test
    void withoutADeserializerItGetsBytes() {
        try (Publisher publisher = publisher(Mine.class, Map.of("offset", "2"))) {
            assertThatThrownBy(() -> publisher.publish(ORDERS, "key", "v").join())
                    .hasMessageContaining("the partitioner failed: java.lang.ClassCastException")
                    .hasMessageContaining("[B cannot be cast");
        }
    }

    @Test
    void aClassThatIsNoneIsRefused() {
        assertThatThrownBy(() -> publisher(String.class, Map.of()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("java.lang.String is not a " + Partitioner.class.getName());
    }

    @Test
    void anUnknownNameIsAnsweredWithTheNearestAndTheWayToAClass() {
        assertThatThrownBy(() -> publisher("first-bite", Map.of()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("no partitioner is named \"first-bite\". Did you mean first-byte?")
                .hasMessageContaining("class:com.example.Mine takes any Partitioner of Kafka's");
    }

    private Publisher publisher(Class<?> type, Map<String, String> keys) {
        return publisher("class:" + type.getName(), keys);
    }

    private Publisher publisher(String name, Map<String, String> keys) {
        KurierBuilder kurier = Kurier.builder()
                .set("bootstrap.servers", "127.0.0.1:9092")
                .set("topics.orders.value.serializer", "text")
                .set("topics.orders.partitioner", name)
                .topics(ORDERS)
                .transport(config -> transport);
        keys.forEach((key, value) -> kurier.set("topics.orders.partitioner." + key, value));
        return kurier.start();
    }

    private List<Integer> partitions() {
        List<Integer> partitions = new ArrayList<>();
        transport.taken().forEach(taken -> partitions.add(taken.partition()));
        return partitions;
    }
}
