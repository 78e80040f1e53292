// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.LocalBroker;
import io.kurier.guards.internal.KeyKind;
import io.kurier.guards.internal.KeysetFile;
import io.kurier.testkit.TestTopics;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Searches for what was published in the files of the broker, and in everything that the publisher's process prints at
 * DEBUG. A publisher without the guard is the control, whose canary has to be found in the files.
 */
final class CanaryTest {
    private static final String CANARY = "Canary7f3a";
    private static final long MOST_MINUTES = 3;

    @TempDir
    private Path folder;

    /** The number of places in which a text was found. */
    private record Hits(long inFiles, long inOutput, List<ConsumerRecord<String, String>> read) {}

    @Test
    void leavesNothingReadableOfValuesKeysAndHeaders() throws Exception {
        Path keys = folder.resolve("keys.json");
        new KeysetFile(keys).generate(KeyKind.ENCRYPTION);
        Path recordKeys = folder.resolve("record-keys.json");
        new KeysetFile(recordKeys).generate(KeyKind.RECORD_KEYS);
        Map<String, String> guard = Map.of(
                "key.source.file", keys.toString(),
                "record.key.keyset", recordKeys.toString(),
                "encrypted.headers", "customer");
        Properties encrypting = new Properties();
        for (String topic : List.of("topics.orders.", "topics.refusing.")) {
            encrypting.put(topic + "guards", "encrypt");
            guard.forEach((key, value) -> encrypting.put(topic + "guard.encrypt." + key, value));
        }
        DecryptingDeserializers<String, String> decrypting = DecryptingDeserializers.of(
                Map.of(
                        "encrypt.key.source.file", keys.toString(),
                        "encrypt.record.key.keyset", recordKeys.toString(),
                        "encrypt.encrypted.headers", "customer"),
                new StringDeserializer(),
                new StringDeserializer());

        Hits hits = publish("encrypted", encrypting, decrypting);

        assertThat(hits.inFiles()).isZero();
        assertThat(hits.inOutput()).isZero();
        assertThat(hits.read()).hasSize(200).allSatisfy(record -> {
            assertThat(record.key()).startsWith("key-" + CANARY);
            assertThat(record.value()).startsWith("value-" + CANARY);
            assertThat(record.headers().lastHeader("customer").value())
                    .asString(UTF_8)
                    .isEqualTo("header-" + CANARY);
        });
    }

    @Test
    void findsTheCanaryOfAPublisherThatDoesNotEncrypt() throws Exception {
        Hits hits = publish(
                "plain",
                new Properties(),
                new DecryptingDeserializers<>(new StringDeserializer(), new StringDeserializer()));
        assertThat(hits.inFiles()).isGreaterThanOrEqualTo(600);
        assertThat(hits.inOutput()).isZero();
    }

    private Hits publish(String name, Properties more, DecryptingDeserializers<String, String> reader)
            throws Exception {
        try (LocalBroker broker =
                        LocalBroker.builder().directory(folder.resolve(name)).start();
                TestTopics topics = TestTopics.on(broker)) {
            String topic = topics.create("orders", 2);
            Properties settings = new Properties();
            settings.putAll(CanaryPublisher.settings(broker.bootstrapServers(), topic, topics.create("refusing", 1)));
            settings.put("producer.compression.type", "none");
            settings.putAll(more);
            Path file = folder.resolve(name + ".properties");
            try (Writer out = Files.newBufferedWriter(file)) {
                settings.store(out, null);
            }
            Path output = folder.resolve(name + ".log");
            run(file, output);
            assertThat(Files.readString(output)).contains(" DEBUG ", "PublishException", "attributes: ");
            List<ConsumerRecord<String, String>> read = topics.readAll(topic, reader.keys(), reader.values());
            return new Hits(hitsBelow(folder.resolve(name)), hits(output), read);
        }
    }

    /** Runs the publisher and keeps all that it prints. */
    private static void run(Path settings, Path output) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=debug",
                "-cp",
                System.getProperty("java.class.path"),
                CanaryPublisher.class.getName(),
                settings.toString(),
                CANARY));
        Process child = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(child.waitFor(MOST_MINUTES, TimeUnit.MINUTES)).isTrue();
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.exitValue()).as("see %s", Files.readString(output)).isZero();
    }

    private static long hitsBelow(Path directory) throws IOException {
        long hits = 0;
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                hits += hits(file);
            }
        }
        return hits;
    }

    /** Counts the canary, in plain text and in hexadecimal digits. */
    private static long hits(Path file) throws IOException {
        String bytes = Files.readString(file, ISO_8859_1);
        String hex = HexFormat.of().formatHex(CANARY.getBytes(UTF_8));
        return Stream.of(CANARY, hex, hex.toUpperCase(Locale.ROOT))
                .mapToLong(text -> bytes.split(text, -1).length - 1L)
                .sum();
    }
}
