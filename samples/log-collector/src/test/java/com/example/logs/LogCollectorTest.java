// SPDX-License-Identifier: Apache-2.0
package com.example.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.broker.LocalBroker;
import io.kurier.serializers.text.TextDeserializer;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@WithKafka
@Timeout(180)
class LogCollectorTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final LocalBroker broker;
    private final TestTopics topics;

    LogCollectorTest(LocalBroker broker, TestTopics topics) {
        this.broker = broker;
        this.topics = topics;
    }

    @Test
    void publishesEachRecordOnceAndWholeThoughTheLogIsRotatedAndTheCollectorKilled() throws Exception {
        RotatingLog log = new RotatingLog(folder);
        log.write(300);
        Process collector = start();
        try {
            awaitRecords(collector, log);
            log.write(300);
            log.rotate();
            log.write(300);
            awaitRecords(collector, log);
            log.rotate(); // which compresses the first
            log.write(10);
            awaitRecords(collector, log);
            log.write(5_000);
            collector.destroyForcibly().waitFor();
            log.write(50);
            log.rotate();
            log.write(100);
            collector = start();
            awaitRecords(collector, log);
            assertThat(records()).isEqualTo(log.written());
            assertThat(topics.readAll("logs", new TextDeserializer(), new TextDeserializer()))
                    .allSatisfy(record -> assertThat(record.key()).isEqualTo("app.log"))
                    .allSatisfy(record ->
                            assertThat(record.headers().lastHeader("host")).isNotNull());
        } finally {
            collector.destroyForcibly().waitFor();
        }
    }

    private void awaitRecords(Process collector, RotatingLog log) {
        await().atMost(LIMIT)
                .failFast("the collector has ended", () -> !collector.isAlive())
                .untilAsserted(() -> assertThat(records()).hasSameSizeAs(log.written()));
    }

    private List<String> records() {
        return topics.readAll("logs", new TextDeserializer(), new TextDeserializer()).stream()
                .map(ConsumerRecord::value)
                .toList();
    }

    private Process start() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LogCollector.class.getName(),
                        broker.bootstrapServers(),
                        folder.toString())
                .inheritIO()
                .start();
    }
}
