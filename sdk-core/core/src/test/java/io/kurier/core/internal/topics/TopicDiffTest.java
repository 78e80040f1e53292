// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.core.internal.config.TopicConfig;
import io.kurier.core.transport.TopicManagement;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigType;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a broker alone in its cluster cannot show. */
class TopicDiffTest {

    @Test
    void looksAtTheReplicasOfEveryPartition() {
        assertThat(compare("replication.factor=2", topic(2, 2, 2))).isEmpty();
        assertThat(compare("replication.factor=2", topic(3, 3, 3)))
                .extracting(Difference::actual)
                .containsExactly("3");
        assertThat(compare("replication.factor=2", topic(2, 3, 2)))
                .extracting(Difference::actual)
                .containsExactly("2 in 2 of 3 partitions, 3 in 1 of 3 partitions");
    }

    @Test
    void comparesAValueByItsType() {
        assertThat(config("a, b", ConfigType.LIST, "b,a")).isEmpty();
        assertThat(config("a", ConfigType.LIST, "b,a")).hasSize(1);
        assertThat(config("False", ConfigType.BOOLEAN, "false")).isEmpty();
        assertThat(config("+7", ConfigType.INT, "7")).isEmpty();
        assertThat(config("7_000", ConfigType.LONG, "7000")).hasSize(1);
        assertThat(config("5e-1", ConfigType.DOUBLE, "0.5")).isEmpty();
        assertThat(config("LZ4", ConfigType.STRING, "lz4")).hasSize(1);
        assertThat(config("7", ConfigType.UNKNOWN, "7")).isEmpty();
        assertThat(config("1", ConfigType.STRING, null))
                .extracting(Difference::actual)
                .containsExactly("(not set)");
    }

    @Test
    void showsNoSecret() {
        ConfigEntry secret = entry(null, ConfigType.PASSWORD, true);

        assertThat(compare("config.key=hunter2", topic(1), secret))
                .singleElement()
                .satisfies(difference -> assertThat(difference.toString()).doesNotContain("hunter2"));
    }

    @Test
    void suggestsTheConfigThatWasMeant() {
        assertThat(compare("config.kez=1", topic(1), entry("1", ConfigType.INT, false)))
                .extracting(Difference::advice)
                .containsExactly("Did you mean config.key?");
        assertThat(compare("config.something.else=1", topic(1), entry("1", ConfigType.INT, false)))
                .extracting(Difference::advice)
                .containsExactly("Remove config.something.else.");
    }

    private static List<Difference> config(String declared, ConfigType type, @Nullable String actual) {
        return compare("config.key=" + declared, topic(1), entry(actual, type, false));
    }

    private static List<Difference> compare(String declared, TopicDescription actual, ConfigEntry... configs) {
        TopicConfig topic = Declared.topics("127.0.0.1:9092", "verify", "orders")
                .topic("orders", declared)
                .config()
                .topics()
                .get(0);
        Map<String, ConfigEntry> byName = configs.length == 0 ? Map.of() : Map.of("key", configs[0]);
        return TopicDiff.of(topic, TopicManagement.VERIFY, actual, byName);
    }

    private static ConfigEntry entry(@Nullable String value, ConfigType type, boolean sensitive) {
        return new ConfigEntry("key", value, ConfigSource.DEFAULT_CONFIG, sensitive, false, List.of(), type, null);
    }

    private static TopicDescription topic(int... replicas) {
        Node node = new Node(1, "broker", 9092);
        return new TopicDescription(
                "orders",
                false,
                IntStream.range(0, replicas.length)
                        .mapToObj(partition -> {
                            List<Node> nodes = IntStream.range(0, replicas[partition])
                                    .mapToObj(i -> node)
                                    .toList();
                            return new TopicPartitionInfo(partition, node, nodes, nodes);
                        })
                        .toList());
    }
}
