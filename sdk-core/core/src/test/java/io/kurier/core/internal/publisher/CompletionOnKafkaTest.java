// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.CloseReport;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** Dependents that do what they please, while a real broker acknowledges. */
@Timeout(120)
class CompletionOnKafkaTest {
    private static final LocalBroker BROKER = LocalBroker.start();

    /** Sends nothing until it is flushed, so that dependents are there before the acknowledgments. */
    private static final Map<String, String> HELD =
            Map.of("producer.linger.ms", "60000", "producer.batch.size", "900000");

    private final Topic<String, String> one;
    private final Topic<String, String> other;

    CompletionOnKafkaTest(TestInfo test) {
        one = Topic.of("one-" + test.getDisplayName().replaceAll("\\W", ""), String.class, String.class);
        other = Topic.of("other-" + test.getDisplayName().replaceAll("\\W", ""), String.class, String.class);
    }

    @AfterAll
    static void stop() {
        BROKER.close();
    }

    @Test
    void holdsOnlyItsOwnTopicWhenADependentBlocks() {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (Publisher publisher = start(HELD)) {
            CompletableFuture<String> blocked = publisher
                    .publish(one, null, "v")
                    .thenApply(receipt -> {
                        running.countDown();
                        awaitLatch(release);
                        return Thread.currentThread().getName();
                    });
            CompletableFuture<Void> behind = publisher.publish(one, null, "v").thenRun(() -> {});
            CompletableFuture<Void> flushed = publisher.flush();
            awaitLatch(running);

            List<CompletableFuture<Long>> meanwhile = IntStream.range(0, 10_000)
                    .mapToObj(i -> publisher.publish(other, null, "v" + i).thenApply(Receipt::offset))
                    .toList();
            CompletableFuture<Void> flushedAgain = publisher.flush();

            assertThat(meanwhile).extracting(CompletableFuture::join).doesNotHaveDuplicates();
            assertThat(List.of(blocked, behind, flushed, flushedAgain)).noneMatch(CompletableFuture::isDone);
            release.countDown();
            assertThat(blocked.join()).startsWith("kurier-completions-");
            flushedAgain.join();
            assertThat(publisher.close(Duration.ofSeconds(30))).isEqualTo(new CloseReport(10_002, 10_002, 0, 0, 0));
        }
    }

    @Test
    void runsDependentsInTheOrderOfThePartition() {
        Queue<Long> offsets = new ConcurrentLinkedQueue<>();
        try (Publisher publisher = start(HELD)) {
            for (int i = 0; i < 10_000; i++) {
                CompletableFuture<Void> unused =
                        publisher.publish(one, null, "v" + i).thenAccept(receipt -> offsets.add(receipt.offset()));
            }
            publisher.flush().join();
        }
        assertThat(offsets)
                .containsExactlyElementsOf(LongStream.range(0, 10_000).boxed().toList());
    }

    @Test
    void letsDependentsPublishAThousandDeep() {
        try (Publisher publisher = start(Map.of("producer.linger.ms", "0"))) {
            assertThat(publishAfter(publisher, 1_000).join().offset()).isEqualTo(1_000);
            assertThat(publisher.close(Duration.ofSeconds(30))).isEqualTo(new CloseReport(1_001, 1_001, 0, 0, 0));
        }
    }

    private CompletableFuture<Receipt> publishAfter(Publisher publisher, int more) {
        CompletableFuture<Receipt> first = publisher.publish(one, null, "v" + more);
        return more == 0 ? first : first.thenCompose(receipt -> publishAfter(publisher, more - 1));
    }

    @Test
    void letsADependentWaitForAMessageOfAnotherTopic() {
        try (Publisher publisher = start(Map.of("producer.linger.ms", "50"))) {
            List<CompletableFuture<Long>> all = IntStream.range(0, 20)
                    .mapToObj(i -> publisher
                            .publish(one, null, "v" + i)
                            .thenApply(receipt -> publisher
                                    .publish(other, null, "w" + i)
                                    .join()
                                    .offset()))
                    .toList();

            assertThat(all).extracting(CompletableFuture::join).doesNotHaveDuplicates();
        }
    }

    private Publisher start(Map<String, String> more) {
        Map<String, String> config = new HashMap<>(more);
        config.put("bootstrap.servers", BROKER.bootstrapServers());
        config.put("topics.management", "create");
        for (Topic<?, ?> topic : List.of(one, other)) {
            config.put("topics." + topic.alias() + ".value.serializer", "text");
            config.put("topics." + topic.alias() + ".partitions", "1");
        }
        return Kurier.start(config, one, other);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
