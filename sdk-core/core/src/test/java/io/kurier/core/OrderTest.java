// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.CloseReport;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import io.kurier.core.OrderCheck.Id;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Order a key within a thread holds while the broker goes and comes back and the buffer is full. The seed of a run is
 * printed; {@code -Dkurier.order.seed} repeats it.
 */
@Timeout(240)
class OrderTest {
    private static final int THREADS = 4;
    private static final int KEYS = 5;
    private static final int PARTITIONS = 6;
    private static final int RESTARTS = 3;
    private static final Topic<String, String> TOPIC = Topic.of("order", String.class, String.class);

    private final long seed = Long.getLong("kurier.order.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean over;

    @TempDir
    Path directory;

    /** A message that was given, and its future. */
    private record Given(Id message, CompletableFuture<Receipt> future) {}

    @Test
    void keepsTheOrderOfEachKeyThroughRestartsAndFullBuffers() throws Exception {
        System.out.println("OrderTest: seed " + seed);
        LocalBroker broker = LocalBroker.builder().directory(directory).start();
        List<Given> given = new ArrayList<>();
        CloseReport report;
        try {
            try (Publisher publisher = Kurier.start(config(broker), TOPIC)) {
                List<Flood> floods = IntStream.range(0, THREADS)
                        .mapToObj(thread -> new Flood(publisher, thread, new Random(random.nextLong())))
                        .toList();
                floods.forEach(Thread::start);
                try {
                    for (int restart = 0; restart < RESTARTS; restart++) {
                        awaitMore(stored, 10_000 + random.nextInt(20_000));
                        broker.close();
                        awaitMore(failed, 1 + random.nextInt(30));
                        broker = LocalBroker.builder()
                                .port(broker.port())
                                .directory(directory)
                                .start();
                    }
                    awaitMore(stored, 10_000);
                } finally {
                    over = true;
                    for (Flood flood : floods) {
                        flood.join();
                        given.addAll(flood.given);
                    }
                }
                report = publisher.close(Duration.ofSeconds(30));
            }
            OrderCheck check = checked(given, broker);
            System.out.println("OrderTest: " + report + ", " + check.records() + " records, " + RESTARTS + " restarts");
            assertThat(check.faults()).as("faults with seed %s", seed).isEmpty();
            assertThat(report.accepted()).isEqualTo(given.size());
            assertThat(report.open()).isZero();
            assertThat(report.rejected()).isPositive();
            assertThat((long) check.records()).isBetween(report.stored(), report.stored() + report.unknown());
        } finally {
            broker.close();
        }
    }

    private static void awaitMore(AtomicLong count, long more) {
        long enough = count.get() + more;
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> count.get() >= enough);
    }

    private static OrderCheck checked(List<Given> given, LocalBroker broker) {
        OrderCheck check = new OrderCheck();
        for (Given one : given) {
            try {
                check.wasStored(one.message(), one.future().join());
            } catch (CompletionException e) {
                check.failed(one.message(), outcome(e));
            }
        }
        for (ConsumerRecord<String, String> record :
                StoredRecords.of(broker.bootstrapServers(), TOPIC.alias(), PARTITIONS)) {
            check.read(new Id(record.key(), Long.parseLong(record.value())), record.partition(), record.offset());
        }
        return check;
    }

    private static Outcome outcome(CompletionException failure) {
        return ((PublishException) requireNonNull(failure.getCause())).outcome();
    }

    private static Map<String, String> config(LocalBroker broker) {
        Map<String, String> config = new HashMap<>();
        config.put("bootstrap.servers", broker.bootstrapServers());
        config.put("topics.management", "create");
        config.put("topics", TOPIC.alias());
        config.put("topics.order.value.serializer", "text");
        config.put("topics.order.partitions", Integer.toString(PARTITIONS));
        // room for eight batches: the threads often wait for it, and give up while the broker is away
        config.put("producer.buffer.memory", "32768");
        config.put("producer.batch.size", "4096");
        config.put("producer.reconnect.backoff.max.ms", "100");
        config.put("publish.max.wait.ms", "100");
        return config;
    }

    /** A thread that publishes to its own keys, in a random order, sometimes without waiting for room. */
    private final class Flood extends Thread {
        private final Publisher publisher;
        private final Random dice;
        private final List<Given> given = new ArrayList<>();

        Flood(Publisher publisher, int thread, Random dice) {
            super("flood-" + thread);
            this.publisher = publisher;
            this.dice = dice;
        }

        @Override
        public void run() {
            for (long number = 0; !over; number++) {
                Id message = new Id(getName() + "/" + dice.nextInt(KEYS), number);
                String value = Long.toString(number);
                CompletableFuture<Receipt> future = dice.nextInt(20) == 0
                        ? publisher.tryPublish(TOPIC, message.key(), value)
                        : publisher.publish(TOPIC, message.key(), value);
                given.add(new Given(message, future));
                future.whenComplete((receipt, failure) -> (failure == null ? stored : failed).incrementAndGet());
            }
        }
    }
}
