// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.kurier.broker.LocalBroker;
import io.kurier.serializers.json.JsonDeserializer;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Counts what a JVM asks the registry that has just started, and reads what it has published to a broker. */
@WithRegistry
@WithKafka
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RoundTripsTest {
    @TempDir
    private Path folder;

    private final LocalBroker broker;
    private final TestTopics topics;
    private final Registry registry;

    RoundTripsTest(LocalBroker broker, TestTopics topics, Registry registry) {
        this.broker = broker;
        this.topics = topics;
        this.registry = registry;
    }

    @Test
    void aColdPublisherAsksOnceForEachSubject() throws Exception {
        String orders = topics.create("orders", 1);
        String payments = topics.create("payments", 1);
        String messages = topics.create("messages", 1);
        try (RegistryProxy proxy = new RegistryProxy(registry)) {
            proxy.answerInFull();
            publish(proxy, true, orders, payments, messages);
            assertThat(paths(proxy, orders, payments))
                    .containsExactlyInAnyOrder(
                            "POST /subjects/" + orders + "-value/versions",
                            "POST /subjects/" + payments + "-value/versions");
        }
        try (RegistryProxy proxy = new RegistryProxy(registry)) {
            publish(proxy, false, orders, payments, messages);
            assertThat(paths(proxy))
                    .containsExactlyInAnyOrder(
                            "POST /subjects/" + orders + "-value",
                            "POST /subjects/" + payments + "-value",
                            "GET /subjects/" + messages + "-value/versions/latest");
        }
        List<?> published = IntStream.range(0, 2 * ColdStart.RECORDS)
                .mapToObj(i -> ColdStart.order(i % ColdStart.RECORDS))
                .toList();
        try (Deserializer<Object> peer = new AvroKafkaDeserializer<>()) {
            Map<String, String> config = new HashMap<>(Form.CONFLUENT.apicurio(registry));
            config.put("apicurio.registry.use-specific-avro-reader", "true");
            peer.configure(config, false);
            assertThat(topics.readAll(orders, new StringDeserializer(), peer))
                    .extracting(ConsumerRecord::value)
                    .isEqualTo(published);
        }
    }

    @Test
    void aColdReaderAsksOnceForEachId() throws Exception {
        String orders = topics.create("orders", 1);
        String payments = topics.create("payments", 1);
        String messages = topics.create("messages", 1);
        try (RegistryProxy proxy = new RegistryProxy(registry);
                Deserializer<Payment> reader = new JsonDeserializer<>(Payment.class)) {
            publish(proxy, true, orders, payments, messages);
            int before = proxy.requests().size();
            reader.configure(
                    Form.CONFLUENT.kurier("json", Map.of("schemas", "registry", "schema.registry.url", proxy.url())),
                    false);
            assertThat(topics.readAll(payments, new StringDeserializer(), reader))
                    .extracting(ConsumerRecord::value)
                    .isEqualTo(IntStream.range(0, ColdStart.RECORDS)
                            .mapToObj(ColdStart::payment)
                            .toList());
            assertThat(proxy.requests().subList(before, proxy.requests().size()))
                    .singleElement()
                    .asString()
                    .startsWith("GET /schemas/ids/" + registry.latestId(payments + "-value"));
        }
    }

    private void publish(RegistryProxy proxy, boolean register, String... publishedTo)
            throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-Dguice_bytecode_gen_option=DISABLED",
                "-cp",
                System.getProperty("java.class.path"),
                ColdStart.class.getName(),
                broker.bootstrapServers(),
                proxy.url(),
                String.valueOf(register)));
        command.addAll(List.of(publishedTo));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Returns the requests without their queries; with names of topics only those that name one. */
    private static List<String> paths(RegistryProxy proxy, String... named) {
        return proxy.requests().stream()
                .map(request -> request.replaceFirst("\\?.*", ""))
                .filter(request -> named.length == 0 || Stream.of(named).anyMatch(request::contains))
                .toList();
    }
}
