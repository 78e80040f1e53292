// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import io.kurier.guards.internal.KeyKind;
import io.kurier.guards.internal.KeysetFile;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes the keys, and takes their source away, while a publisher works. */
@WithKafka
final class EncryptionUnderLoadTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);
    private static final int ROTATIONS = 20;

    /** How long the source of the keys is down; a minute in the nightly run. */
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("outage.seconds", 4));

    @TempDir
    private Path folder;

    private final LocalBroker broker;
    private final TestTopics topics;

    EncryptionUnderLoadTest(LocalBroker broker, TestTopics topics) {
        this.broker = broker;
        this.topics = topics;
    }

    private Map<String, String> publisher(String topic, Map<String, String> guard) {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("topics", "orders");
        settings.put("topics.orders.name", topic);
        settings.put("topics.orders.key.serializer", "text");
        settings.put("topics.orders.value.serializer", "text");
        settings.put("topics.orders.guards", "encrypt");
        guard.forEach((key, value) -> settings.put("topics.orders.guard.encrypt." + key, value));
        return settings;
    }

    private List<ConsumerRecord<String, String>> read(String topic, Map<String, String> reader) {
        DecryptingDeserializers<String, String> decrypting =
                DecryptingDeserializers.of(reader, new StringDeserializer(), new StringDeserializer());
        return topics.readAll(topic, decrypting.keys(), decrypting.values());
    }

    private static List<String> values(List<ConsumerRecord<String, String>> records) {
        return records.stream().map(ConsumerRecord::value).toList();
    }

    @Test
    void losesNothingAndSendsNoPlainTextWhileKeysAreRotated() throws Exception {
        String topic = topics.create("rotated", 3);
        KeysetFile keyset = new KeysetFile(folder.resolve("keys.json"));
        keyset.generate(KeyKind.ENCRYPTION);
        String file = keyset.path().toString();
        AtomicBoolean rotated = new AtomicBoolean();
        List<String> sent = new ArrayList<>();
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        try (Publisher publisher = Kurier.start(
                publisher(topic, Map.of("key.source.file", file, "data.key.max.records", "200")), ORDERS)) {
            CompletableFuture<Void> rotations = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < ROTATIONS; i++) {
                    rotate(keyset);
                }
                rotated.set(true);
            });
            for (int i = 0; !rotated.get() || i < 20_000; i++) {
                sent.add("value " + i);
                receipts.add(publisher.publish(ORDERS, "k" + i % 10, "value " + i));
            }
            rotations.get(1, TimeUnit.MINUTES);
            receipts.forEach(CompletableFuture::join);
        }

        List<ConsumerRecord<byte[], byte[]>> stored = topics.readAll(topic);
        Set<String> keyIds = new HashSet<>();
        stored.forEach(
                record -> keyIds.add(Envelope.of(record.value()).wrapped().keyId()));
        assertThat(keyIds).as("keys that wrapped data keys").hasSizeGreaterThan(2);
        assertThat(values(read(topic, Map.of("encrypt.key.source.file", file))))
                .containsExactlyInAnyOrderElementsOf(sent);
    }

    private static void rotate(KeysetFile keyset) {
        try {
            keyset.rotate(true);
            TimeUnit.MILLISECONDS.sleep(20); // the pace of the rotations; nothing waits for it
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesWhatNeedsANewKeyWhileTheSourceIsDown() throws Exception {
        String topic = topics.create("outage", 3);
        Map<String, String> guard =
                Map.of("key.source", "held-keys", "data.key.max.age.ms", "1000", "data.key.max.records", "100000");
        List<String> stored = new ArrayList<>();
        AtomicInteger rejected = new AtomicInteger();
        try (Publisher publisher = Kurier.start(publisher(topic, guard), ORDERS)) {
            HeldKeys.down = true;
            int i = 0;
            long end = System.nanoTime() + OUTAGE.toNanos();
            while (System.nanoTime() - end < 0) {
                String value = "value " + i++;
                try {
                    publisher.tryPublish(ORDERS, "k", value).join();
                    stored.add(value);
                } catch (CompletionException e) {
                    assertThat(e.getCause()).isInstanceOfSatisfying(PublishException.class, refused -> {
                        assertThat(refused.outcome()).isEqualTo(Outcome.REJECTED);
                        assertThat(refused.retriable()).isTrue();
                        assertThat(refused).hasMessageContaining("a new data key from the key source held-keys");
                    });
                    rejected.incrementAndGet();
                }
            }
            HeldKeys.down = false;
            for (int more = 0; more < 100; more++) {
                String value = "value " + i++;
                publisher.publish(ORDERS, "k", value).join();
                stored.add(value);
            }
        } finally {
            HeldKeys.down = false;
        }

        System.out.println("outage of " + OUTAGE.toSeconds() + " s: " + stored.size() + " records stored, "
                + rejected.get() + " rejected");
        assertThat(rejected.get()).as("rejected during the outage").isPositive();
        assertThat(topics.readAll(topic))
                .allSatisfy(
                        record -> assertThat(Envelope.isLike(record.value())).isTrue());
        assertThat(values(read(topic, Map.of("encrypt.key.source", "held-keys"))))
                .containsExactlyElementsOf(stored);
    }

    @Test
    void waitsForTheSourceToAnswerAgain() throws Exception {
        String topic = topics.create("waiting", 1);
        Map<String, String> guard = Map.of("key.source", "held-keys", "data.key.max.records", "1");
        try (Publisher publisher = Kurier.start(publisher(topic, guard), ORDERS)) {
            publisher.publish(ORDERS, "k", "first").join();
            HeldKeys.down = true;
            assertThat(publisher.tryPublish(ORDERS, "k", "refused")).isCompletedExceptionally();
            CompletableFuture<Receipt> waiting = CompletableFuture.supplyAsync(
                            () -> publisher.publish(ORDERS, "k", "second"))
                    .thenCompose(receipt -> receipt);
            HeldKeys.down = false;
            assertThat(waiting.get(1, TimeUnit.MINUTES).topic()).isEqualTo(topic);
        } finally {
            HeldKeys.down = false;
        }
        assertThat(values(read(topic, Map.of("encrypt.key.source", "held-keys"))))
                .containsExactly("first", "second");
    }
}
