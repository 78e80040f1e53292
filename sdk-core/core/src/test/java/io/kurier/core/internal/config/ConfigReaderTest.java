// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.StartException;
import io.kurier.core.transport.TopicManagement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
    private static final String BOOTSTRAP = "bootstrap.servers=127.0.0.1:9092";

    @Test
    void readsAWholeConfiguration() {
        PublisherConfig config = read(
                BOOTSTRAP,
                "client.id=shop",
                "producer.linger.ms=20",
                "publish.max.wait.ms=1500",
                "topics.management=create",
                "topics=orders,clicks",
                "topics.orders.name=shop-orders",
                "topics.orders.partitions=6",
                "topics.orders.replication.factor=3",
                "topics.orders.config.retention.ms=1000",
                "topics.orders.value.serializer=json",
                "topics.orders.value.serializer.schema=a.json",
                "topics.orders.partitioner=murmur2",
                "topics.clicks.value.serializer=text");

        assertThat(config.connection()).containsEntry("client.id", "shop");
        assertThat(config.producer()).isEqualTo(Map.of("linger.ms", "20"));
        assertThat(config.maxWait()).hasMillis(1500);
        assertThat(config.management()).isEqualTo(TopicManagement.CREATE);
        assertThat(config.topics()).extracting(TopicConfig::alias).containsExactly("orders", "clicks");
        TopicConfig orders = config.topics().get(0);
        assertThat(orders.name()).isEqualTo("shop-orders");
        assertThat(orders.partitions()).isEqualTo(6);
        assertThat(orders.replicationFactor()).isEqualTo((short) 3);
        assertThat(orders.configs()).isEqualTo(Map.of("retention.ms", "1000"));
        assertThat(orders.keySerializer().name()).isEqualTo("text");
        assertThat(orders.valueSerializer())
                .extracting(choice -> choice.keys().get(0).value())
                .isEqualTo("a.json");
        assertThat(orders.partitioner()).extracting(PluginChoice::name).isEqualTo("murmur2");
    }

    @Test
    void raisesPartitionsOnlyWhereThatIsWritten() {
        String[] declared = {BOOTSTRAP, "topics=orders", "topics.orders.partitions=6"};
        assertThat(read(declared).topics())
                .extracting(TopicConfig::partitionsIncrease)
                .containsExactly(false);
        assertThat(read(
                                BOOTSTRAP,
                                "topics=a,b",
                                "topics.a.partitions=6",
                                "topics.a.partitions.increase=true",
                                "topics.b.partitions=6",
                                "topics.b.partitions.increase=false")
                        .topics())
                .extracting(TopicConfig::partitionsIncrease)
                .containsExactly(true, false);
        assertThat(problems(
                        BOOTSTRAP,
                        "topics=a,b",
                        "topics.a.partitions=6",
                        "topics.a.partitions.increase=yes",
                        "topics.b.partitions.increase=true"))
                .containsExactly(
                        "topics.a.partitions.increase (test:4): \"yes\" is neither true nor false.",
                        "topics.b.partitions.increase (test:5): set, but topics.b.partitions is not. Say there how many"
                                + " there are to be.");
    }

    @Test
    void reportsEveryProblemAtOnceWithKeySourceAndSuggestion() {
        assertThat(problems(
                        "bootstrap.server=127.0.0.1:9092",
                        "producer.lingr.ms=5",
                        "producer.acks=1",
                        "topics.management=check",
                        "topics=orders",
                        "topics.orders.partitions=many",
                        "topics.orders.value.serialiser=json",
                        "topics.order.name=x",
                        "publish.max.wait.ms=-1"))
                .containsExactlyInAnyOrder(
                        "bootstrap.servers: missing. Set it to the address of a broker, such as 127.0.0.1:9092.",
                        "bootstrap.server (test:1): unknown key. Did you mean bootstrap.servers?",
                        "producer.lingr.ms (test:2): unknown key. Did you mean producer.linger.ms?",
                        "producer.acks (test:3): acks is always all: anything less can lose acknowledged records."
                                + " Remove the key.",
                        "topics.management (test:4): \"check\" is none of verify, create, later, off.",
                        "topics.orders.partitions (test:6): \"many\" is not a whole number.",
                        "topics.orders.value.serialiser (test:7): unknown key. Did you mean"
                                + " topics.orders.value.serializer?",
                        "topics.order.name (test:8): no topic with that alias is declared. Declared by topics: orders."
                                + " Did you mean topics.orders.name?",
                        "publish.max.wait.ms (test:9): -1 is not from 0 to 2147483647.");
    }

    @Test
    void refusesEveryKeyOnWhichThePromisesRest() {
        for (String key : List.of(
                "acks",
                "enable.idempotence",
                "max.block.ms",
                "key.serializer",
                "value.serializer",
                "partitioner.class",
                "transactional.id")) {
            assertThat(problems(BOOTSTRAP, "producer." + key + "=x"))
                    .singleElement()
                    .asString()
                    .contains("Remove the key");
        }
        assertThat(problems(BOOTSTRAP, "producer.max.in.flight.requests.per.connection=6"))
                .singleElement()
                .asString()
                .contains("at most 5");
    }

    @Test
    void sendsConnectionKeysToTheTop() {
        assertThat(problems(BOOTSTRAP, "producer.ssl.key.password=x"))
                .containsExactly(
                        "producer.ssl.key.password (test:2): this key has no prefix." + " Write ssl.key.password.");
    }

    @Test
    void checksTheValuesOfKafkasOwnKeys() {
        assertThat(problems(BOOTSTRAP, "producer.linger.ms=soon"))
                .singleElement()
                .asString()
                .startsWith("producer.linger.ms (test:2): ");
    }

    @Test
    void neverShowsASecret() {
        List<String> problems =
                problems(BOOTSTRAP, "ssl.key.pasword=CANARY", "sasl.jaas.confg=CANARY", "producer.acks=CANARY");

        assertThat(problems).hasSize(3).noneMatch(problem -> problem.contains("CANARY"));
        assertThat(read(BOOTSTRAP, "ssl.key.password=CANARY").toString()).doesNotContain("CANARY");
    }

    @Test
    void readsAliasesWithDots() {
        PublisherConfig config = read(
                BOOTSTRAP,
                "topics=web,web.log",
                "topics.web.value.serializer=json",
                "topics.web.log.value.serializer=text");

        assertThat(config.topics())
                .extracting(TopicConfig::valueSerializer)
                .extracting(PluginChoice::name)
                .containsExactly("json", "text");
    }

    @Test
    void refusesAKeyThatIsSetTwice() {
        assertThat(problems(BOOTSTRAP, BOOTSTRAP))
                .containsExactly("bootstrap.servers (test:2): set twice, first in test:1. Keep one of them.");
    }

    @Test
    void refusesTwoAliasesForOneTopic() {
        assertThat(problems(BOOTSTRAP, "topics=a,b", "topics.b.name=a"))
                .containsExactly("topics: the aliases b and a both mean the topic a. Use one alias for one topic."
                        .replace("b and a", "a and b"));
    }

    @Test
    void refusesPluginKeysWithoutAPlugin() {
        assertThat(problems(BOOTSTRAP, "topics=a", "topics.a.partitioner.seed=1"))
                .containsExactly("topics.a.partitioner.seed (test:3): set, but topics.a.partitioner is not."
                        + " Name the plugin there.");
    }

    @Test
    void namesTheLineOfAPropertiesFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("kurier.properties"), """
                # a comment that ends in a backslash \\

                bootstrap.servers=127.0.0.1:1,\\
                    127.0.0.1:2
                topics = café
                nonsense=1
                """);

        List<Setting> settings = PropertiesFile.read(file);

        assertThat(settings)
                .containsExactly(
                        new Setting("bootstrap.servers", "127.0.0.1:1,127.0.0.1:2", "kurier.properties:3").in(file),
                        new Setting("topics", "café", "kurier.properties:5").in(file),
                        new Setting("nonsense", "1", "kurier.properties:6").in(file));
    }

    @Test
    void saysThatAFileIsMissing(@TempDir Path folder) {
        assertThatThrownBy(() -> PropertiesFile.read(folder.resolve("no.properties")))
                .isInstanceOf(StartException.class)
                .hasMessageEndingWith("no.properties: no such file; name a properties file");
    }

    private static PublisherConfig read(String... lines) {
        Problems problems = new Problems();
        PublisherConfig config = ConfigReader.read(settings(lines), List.of(), problems);
        problems.throwIfAny();
        return config;
    }

    private static List<String> problems(String... lines) {
        Problems problems = new Problems();
        ConfigReader.read(settings(lines), List.of(), problems);
        StartException found = catchThrowableOfType(StartException.class, problems::throwIfAny);
        return found == null ? List.of() : found.problems();
    }

    private static List<Setting> settings(String... lines) {
        List<Setting> settings = new ArrayList<>();
        for (String line : lines) {
            String[] parts = line.split("=", 2);
            settings.add(new Setting(parts[0], parts[1], "test:" + (settings.size() + 1)));
        }
        return settings;
    }
}
