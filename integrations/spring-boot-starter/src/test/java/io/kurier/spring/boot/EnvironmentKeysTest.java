// SPDX-License-Identifier: Apache-2.0
package io.kurier.spring.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import io.kurier.core.KurierBuilder;
import io.kurier.core.config.ResolvedKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

/** Which keys a publisher gets, of the properties of an application. */
class EnvironmentKeysTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);

    private final ConfigurableEnvironment environment = new StandardEnvironment();

    @TempDir
    Path folder;

    EnvironmentKeysTest() {
        environment
                .getPropertySources()
                .forEach(source -> environment
                        .getPropertySources()
                        .remove(source.getName())); // a variable of this machine is none of the test's
    }

    @Test
    void readsPropertiesWithTheirLines() {
        properties("""
                kurier.bootstrap.servers=127.0.0.1:9092
                kurier.topics.orders.value.serializer=text

                kurier.topics.orders.config.min.insync.replicas=1
                spring.kafka.bootstrap-servers=127.0.0.1:1
                """);

        assertThat(set(ORDERS))
                .extracting(ResolvedKey::key, ResolvedKey::value, ResolvedKey::source)
                .containsExactlyInAnyOrder(
                        tuple("bootstrap.servers", "127.0.0.1:9092", "application.properties:1"),
                        tuple("topics.orders.value.serializer", "text", "application.properties:2"),
                        tuple("topics.orders.config.min.insync.replicas", "1", "application.properties:4"));
    }

    @Test
    void readsNestedAndFlatYamlAndLists() {
        yaml("""
                kurier:
                  bootstrap.servers:
                    - 127.0.0.1:9092
                    - 127.0.0.1:9093
                  topics: [orders, clicks]
                  topics.orders:
                    value.serializer: text
                    partitions: 3
                  topics.clicks.value.serializer: text
                  topics.clicks.record.id: true
                """);

        assertThat(set())
                .extracting(ResolvedKey::key, ResolvedKey::value, ResolvedKey::source)
                .contains(
                        tuple("bootstrap.servers", "127.0.0.1:9092,127.0.0.1:9093", "application.yml:3"),
                        tuple("topics.orders.partitions", "3", "application.yml:8"),
                        tuple("topics.clicks.record.id", "true", "application.yml:10"));
    }

    @Test
    void readsVariablesAndKeepsTheSpellingThatAFileHas() {
        variables(Map.of(
                "KURIER_BOOTSTRAP_SERVERS", "127.0.0.1:1",
                "KURIER_TOPICS_ORDERITEMS_PARTITIONS", "7",
                "KURIER_JAVA_OPTS", "-Xmx1g"));
        properties("""
                kurier.bootstrap.servers=127.0.0.1:9092
                kurier.topics=orderItems,order_events,orders-eu
                kurier.topics.orderItems.value.serializer=text
                kurier.topics.orderItems.partitions=3
                kurier.topics.order_events.value.serializer=text
                kurier.topics.orders-eu.value.serializer=text
                """);

        assertThat(set())
                .extracting(ResolvedKey::key, ResolvedKey::value, ResolvedKey::source)
                .contains(
                        tuple(
                                "bootstrap.servers",
                                "127.0.0.1:1",
                                "\"KURIER_BOOTSTRAP_SERVERS\" from property source \"systemEnvironment\""),
                        tuple(
                                "topics.orderItems.partitions",
                                "7",
                                "\"KURIER_TOPICS_ORDERITEMS_PARTITIONS\" from property source \"systemEnvironment\""),
                        tuple("topics.order_events.value.serializer", "text", "application.properties:5"),
                        tuple("topics.orders-eu.value.serializer", "text", "application.properties:6"));
    }

    @Test
    void aListOfOneSourceReplacesThatOfAnother() {
        map("commandLineArgs", Map.of("kurier.topics[0]", "clicks"));
        properties("""
                kurier.bootstrap.servers=127.0.0.1:9092
                kurier.topics[0]=orders
                kurier.topics[1]=payments
                kurier.topics.clicks.value.serializer=text
                """);

        assertThat(set())
                .extracting(ResolvedKey::key)
                .contains("topics.clicks.value.serializer")
                .doesNotContain("topics.orders.value.serializer");
    }

    @Test
    void resolvesSpringsPlaceholdersAndLeavesThoseOfKuriersProviders() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.properties"), "id=from-a-file\n");
        map("test", Map.of("cluster", "127.0.0.1:9092"));
        properties("kurier.bootstrap.servers=${cluster}\n"
                + "kurier.config.providers=file\n"
                + "kurier.client.id=${file:" + secret + ":id}\n"
                + "kurier.publisher.name=${none:by-default}\n"
                + "kurier.application.id=shop\n"
                + "kurier.topics.orders.value.serializer=text\n");

        assertThat(set(ORDERS))
                .extracting(ResolvedKey::key, ResolvedKey::value)
                .contains(
                        tuple("bootstrap.servers", "127.0.0.1:9092"),
                        tuple("client.id", ResolvedKey.HIDDEN),
                        tuple("publisher.name", "by-default"));
    }

    @Test
    void refusesAPlaceholderThatCannotBeResolvedAndShowsNoValue() {
        properties("kurier.bootstrap.servers=127.0.0.1:9092\nkurier.sasl.jaas.config=swordfish ${kafka.password}\n");

        assertThatThrownBy(this::set)
                .isInstanceOf(StartException.class)
                .hasMessage("sasl.jaas.config (application.properties:2): the placeholder ${kafka.password} cannot be"
                        + " resolved. Set the property, or write \\${ for a value that begins so.");
    }

    @Test
    void addsAFileWhoseKeysPropertiesReplace() throws IOException {
        Path file = Files.writeString(folder.resolve("kurier.properties"), """
                bootstrap.servers=127.0.0.1:1
                topics=orders
                topics.orders.value.serializer=text
                topics.orders.partitions=3
                """, UTF_8);
        properties("kurier.config-file=${folder}/kurier.properties\nkurier.bootstrap.servers=127.0.0.1:9092\n");
        map("test", Map.of("folder", folder.toString()));

        assertThat(set())
                .extracting(ResolvedKey::key, ResolvedKey::value, ResolvedKey::source)
                .contains(
                        tuple("bootstrap.servers", "127.0.0.1:9092", "application.properties:2"),
                        tuple("topics.orders.partitions", "3", "kurier.properties:4"));
    }

    @Test
    void findsTheFileByItsVariableToo() throws IOException {
        Path file = Files.writeString(
                folder.resolve("kurier.properties"), "bootstrap.servers=127.0.0.1:1\npublish.max.wait.ms=7\n");
        variables(Map.of("KURIER_CONFIG_FILE", file.toString()));

        assertThat(set())
                .extracting(ResolvedKey::key, ResolvedKey::value)
                .contains(tuple("bootstrap.servers", "127.0.0.1:1"), tuple("publish.max.wait.ms", "7"));
    }

    @Test
    void anUnknownKeyIsReportedWithItsLineAndASuggestion() {
        yaml("""
                kurier:
                  bootstrap.servers: 127.0.0.1:9092
                  publish.max.wait.mss: 10
                  topics.orders:
                    value.serializer: text
                    partitons: 3
                """);

        assertThatThrownBy(() -> set(ORDERS))
                .isInstanceOfSatisfying(
                        StartException.class,
                        e -> assertThat(e.problems())
                                .containsExactlyInAnyOrder(
                                        "publish.max.wait.mss (application.yml:3): unknown key. Did you mean publish.max.wait.ms?",
                                        "topics.orders.partitons (application.yml:6): unknown key. Did you mean"
                                                + " topics.orders.partitions?"));
    }

    /** The keys that are set, as the check of a start resolves them. */
    private List<ResolvedKey> set(Topic<?, ?>... topics) {
        KurierBuilder builder = Kurier.builder().topics(topics);
        EnvironmentKeys.of(environment).addTo(builder);
        return builder.check().stream()
                .filter(key -> !key.source().startsWith("default"))
                .filter(key -> !key.source().startsWith("profile "))
                .filter(key -> !key.source().equals("fixed by Kurier"))
                .toList();
    }

    private void properties(String text) {
        load(new PropertiesPropertySourceLoader(), "application.properties", text);
    }

    private void yaml(String text) {
        load(new YamlPropertySourceLoader(), "application.yml", text);
    }

    private void load(PropertySourceLoader loader, String file, String text) {
        try {
            loader.load(file, new NamedResource(file, text))
                    .forEach(source -> environment.getPropertySources().addLast(source));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void map(String name, Map<String, String> properties) {
        environment.getPropertySources().addLast(new MapPropertySource(name, new LinkedHashMap<>(properties)));
    }

    private void variables(Map<String, String> variables) {
        environment
                .getPropertySources()
                .addLast(new SystemEnvironmentPropertySource("systemEnvironment", new LinkedHashMap<>(variables)));
    }

    private static final class NamedResource extends ByteArrayResource {
        private final String file;

        NamedResource(String file, String text) {
            super(text.getBytes(UTF_8));
            this.file = file;
        }

        @Override
        public String getFilename() {
            return file;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return super.equals(other) && other instanceof NamedResource named && named.file.equals(file);
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }
    }
}
