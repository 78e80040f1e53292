// SPDX-License-Identifier: Apache-2.0
package io.kurier.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The names in the documentation and in the dashboard are those that a run registers. */
@WithKafka
@Timeout(120)
class MeterNamesOnABrokerTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);
    private static final Path METRICS = Path.of("../../docs/metrics.md");
    private static final Path DASHBOARD = Path.of("../../docs/grafana/kurier.json");
    private static final Pattern FAMILY = Pattern.compile("`(kafka\\.[a-z.]+)\\.\\*`");

    private final LocalBroker broker;
    private final TestTopics topics;

    MeterNamesOnABrokerTest(LocalBroker broker, TestTopics topics) {
        this.broker = broker;
        this.topics = topics;
    }

    @Test
    void theDocumentationHasEveryMeterAndNoOther() throws IOException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (Publisher publisher = start(registry, Map.of())) {
            publishUntilAllMetersExist(publisher, registry);
            Set<String> names = names(registry);
            String page = Files.readString(METRICS);

            assertThat(all(page, "`(kurier\\.[a-z0-9.]+)` \\|"))
                    .isEqualTo(names.stream()
                            .filter(name -> name.startsWith("kurier."))
                            .collect(Collectors.toCollection(TreeSet::new)));
            Set<String> families = all(page, FAMILY.pattern());
            assertThat(families).hasSize(3);
            Map<String, String> familyByName = new HashMap<>();
            names.stream()
                    .filter(name -> !name.startsWith("kurier."))
                    .forEach(name -> familyByName.put(
                            name,
                            families.stream()
                                    .filter(family -> name.startsWith(family + "."))
                                    .max(String::compareTo)
                                    .orElse("none")));
            assertThat(familyByName.values()).doesNotContain("none").containsAll(families);
            assertThat(all(page, "`(kafka\\.[a-z.]+)`(?! \\|)")).isSubsetOf(with(names, "kafka.version"));
            assertThat(registry.getMeters().stream()
                            .flatMap(meter -> meter.getId().getTags().stream())
                            .map(Tag::getKey)
                            .distinct())
                    .allSatisfy(tag -> assertThat(page).contains("`" + tag + "`"));
        }
    }

    @Test
    void theDocumentationHasEveryMetricInJmxAndNoOther() throws IOException, JMException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (Publisher publisher = start(registry, Map.of("client.id", "documented"))) {
            publishUntilAllMetersExist(publisher, registry);
            String page = Files.readString(METRICS);
            String table = page.substring(0, page.indexOf("\n## "));
            Set<String> documented = table.lines()
                    .filter(line -> line.startsWith("| `"))
                    .map(line -> line.substring(0, line.indexOf(" |")))
                    .flatMap(cell -> all(cell, "`([a-z0-9-]+)`").stream())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(documented).isEqualTo(attributes("documented"));
        }
    }

    @Test
    void hasItsMetersWithoutAnyOtherReporter() throws JMException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Map<String, String> noReporters = Map.of("client.id", "alone", "producer.metric.reporters", "");
        try (Publisher publisher = start(registry, noReporters)) {
            publisher.publish(ORDERS, "k", "v").join();
            assertThat(names(registry)).contains("kafka.producer.record.send.total", "kurier.message.total");
            assertThat(registry.get("kafka.producer.record.send.total")
                            .tags("client.id", "alone")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(attributes("alone")).isEmpty();
        }
        assertThat(names(registry)).containsOnly(TopicTimers.NAME);
    }

    @Test
    void theDashboardAsksOnlyForWhatPrometheusGets() throws IOException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (Publisher publisher = start(registry, Map.of())) {
            publishUntilAllMetersExist(publisher, registry);
            String scraped = registry.scrape();
            Set<String> series = all(scraped, "(?m)^([a-z][a-z0-9_]+)\\{");
            Set<String> labels = all(scraped, "[{,]([a-z_]+)=\"");

            JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
            List<String> queries = Stream.concat(
                            dashboard.findValuesAsText("expr").stream(),
                            dashboard.findValuesAsText("definition").stream())
                    .toList();
            assertThat(queries).hasSizeGreaterThan(15);
            for (String query : queries) {
                assertThat(all(query, "\\b((?:kurier|kafka)_[a-z0-9_]+)"))
                        .as(query)
                        .isNotEmpty()
                        .isSubsetOf(series);
                assertThat(all(query, "([a-z_]+)=~?\"\\$")).as(query).isSubsetOf(labels);
                assertThat(all(query, "by \\(([a-z_, ]+)\\)").stream().flatMap(list -> Stream.of(list.split(", "))))
                        .as(query)
                        .allSatisfy(label -> assertThat(labels).contains(label));
            }
        }
    }

    /** Publishes to a topic with dead letters, until one of its keys is hot. */
    private static void publishUntilAllMetersExist(Publisher publisher, MeterRegistry registry) {
        await().until(() -> {
            for (int i = 0; i < 1_000; i++) {
                CompletableFuture<?> unused = publisher.publish(ORDERS, "hot", "v");
            }
            publisher.flush().join();
            return names(registry).contains("kurier.hot.key.share");
        });
    }

    private Publisher start(MeterRegistry registry, Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(more);
        keys.putAll(Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "topics", "orders,dead",
                "topics.orders.name", topics.create("orders", 3),
                "topics.orders.key.serializer", "text",
                "topics.orders.value.serializer", "text",
                "topics.orders.partitioner", "spread",
                "topics.orders.partitioner.window.records", "1000",
                "topics.orders.dead.letter", "dead",
                "topics.dead.name", topics.create("dead", 1),
                "topics.dead.value.serializer", "bytes"));
        return Kurier.builder()
                .set(keys)
                .topics(ORDERS)
                .instrumentation(new MicrometerInstrumentation(registry))
                .start();
    }

    private static Set<String> names(MeterRegistry registry) {
        return registry.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> with(Set<String> names, String further) {
        Set<String> all = new TreeSet<>(names);
        all.add(further);
        return all;
    }

    private static Set<String> all(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> attributes(String clientId) throws JMException {
        MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();
        Set<String> names = new TreeSet<>();
        for (ObjectName bean : jmx.queryNames(
                new ObjectName("kurier:type=publisher-topic-metrics,client-id=" + clientId + ",*"), null)) {
            for (MBeanAttributeInfo attribute : jmx.getMBeanInfo(bean).getAttributes()) {
                names.add(attribute.getName());
            }
        }
        return names;
    }
}
