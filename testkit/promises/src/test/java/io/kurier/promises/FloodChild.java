// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import io.kurier.CloseReport;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import io.kurier.promises.Entry.Answer;
import io.kurier.promises.Entry.Failed;
import io.kurier.promises.Entry.Receipted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The application whose brokers {@link BrokerKillTest} and {@link ClusterKillTest} kill: it publishes to several keys,
 * partitions and topics as fast as its ledger allows, and resolves the outcome of messages whose outcome is unknown.
 */
final class FloodChild {
    static final List<Topic<String, String>> TOPICS =
            List.of(Topic.of("flood-a", String.class, String.class), Topic.of("flood-b", String.class, String.class));

    /** Words for the parent: how many messages were acknowledged, are unknown, were published. */
    static final String STORED = "stored";

    static final String UNKNOWN = "unknown";
    static final String ACCEPTED = "accepted";
    /** More than a topic's max.message.bytes, more than its max.record.bytes. */
    static final int TOO_LARGE_FOR_KAFKA = 6_000;

    static final int TOO_LARGE_FOR_KURIER = 12_000;

    private static final int PARTITIONS = 2;
    private static final int THREADS = 3;

    /** Few enough that an outage leaves not too many to be searched for, enough for several batches in flight. */
    private static final int UNANSWERED = 32;

    private final Semaphore permits = new Semaphore(UNANSWERED, true);
    private final Searches searches;
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong unknowns = new AtomicLong();
    private final Parent parent;
    private final Publisher publisher;
    private final Ledger ledger;

    private FloodChild(Parent parent, Publisher publisher, Ledger ledger) {
        this.parent = parent;
        this.publisher = publisher;
        this.ledger = ledger;
        this.searches = new Searches(publisher, ledger, parent);
    }

    /**
     * Starts it. The arguments are the brokers' addresses, the directory of the ledgers, the seed, and the number of
     * replicas of its topics.
     */
    public static void main(String[] args) throws Exception {
        Parent parent = Parent.connect();
        Random random = new Random(Long.parseLong(args[2]));
        try (Ledger ledger = Ledger.begin(Path.of(args[1]), 1);
                Publisher publisher = Kurier.start(config(args[0], random, args[3]), TOPICS.toArray(Topic[]::new))) {
            FloodChild application = new FloodChild(parent, publisher, ledger);
            application.searches.start();
            application.flood(random);
            application.settle(random);
            application.searches.finish();
            CloseReport report = publisher.close(Duration.ofSeconds(30));
            parent.say(STORED, report.stored());
            parent.say(UNKNOWN, report.unknown());
            parent.say(ACCEPTED, report.accepted());
        }
    }

    /** Returns how many of the unknown messages were resolved with this result. */
    static long count(Child flood, Answer answer) {
        return Math.max(0, flood.highest(answer.word()));
    }

    /** Returns how many of the unknown messages were resolved with each result. */
    static String answers(Child flood) {
        return Arrays.stream(Answer.values())
                .map(answer -> count(flood, answer) + " " + answer.word())
                .collect(Collectors.joining(", "));
    }

    /** Returns the oracle's report of all its messages. */
    static Report report(String bootstrapServers, Path ledgers) throws Exception {
        Oracle oracle = Oracle.of(ledgers);
        TopicReader.read(bootstrapServers, TOPICS.stream().map(Topic::alias).toList(), oracle::read);
        return oracle.report();
    }

    private static Map<String, String> config(String bootstrapServers, Random random, String replicas) {
        Map<String, String> config = new HashMap<>();
        config.put("bootstrap.servers", bootstrapServers);
        config.put("topics.management", "create");
        for (Topic<String, String> topic : TOPICS) {
            String prefix = "topics." + topic.alias() + ".";
            config.put(prefix + "partitions", Integer.toString(PARTITIONS));
            config.put(prefix + "replication.factor", replicas);
            config.put(prefix + "value.serializer", "text");
            config.put(prefix + "record.id", "true");
            config.put(prefix + "max.record.bytes", "10000");
            config.put(prefix + "config.max.message.bytes", "4096");
        }
        // several batches in flight of each partition
        config.put("producer.batch.size", "512");
        config.put("producer.linger.ms", "2");
        // about as long as an outage, so that some messages outlive one and others do not
        config.put("producer.request.timeout.ms", "1000");
        config.put("producer.delivery.timeout.ms", Integer.toString(2_500 + random.nextInt(2_000)));
        config.put("producer.reconnect.backoff.max.ms", "100");
        config.put("publish.max.wait.ms", "500");
        return config;
    }

    private void flood(Random random) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(new Thread(new Flood(i, new Random(random.nextLong())), "flood-" + i));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        permits.acquire(UNANSWERED);
        permits.release(UNANSWERED);
    }

    /** After a failure, a later acknowledged message proves that nothing arrives late in its partition. */
    private void settle(Random random) {
        for (Topic<String, String> topic : TOPICS) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                MessageId id = new MessageId(topic.alias(), "settles-" + partition, 0, MessageId.ONLY);
                Announced last = Announced.of(topic, id, id.value(random, 0));
                ledger.writeDurably(List.of(last.intent()));
                Receipt receipt = publisher
                        .publish(last.message().withPartition(partition))
                        .join();
                ledger.write(new Receipted(id, place(receipt)));
            }
        }
    }

    private void told(MessageId message, @Nullable Receipt receipt, @Nullable Throwable failure) {
        if (receipt != null) {
            ledger.write(new Receipted(message, place(receipt)));
            parent.say(STORED, stored.incrementAndGet());
        } else if (failure instanceof PublishException why) {
            Failed failed = new Failed(message, why.outcome(), why.handle().orElse(null));
            ledger.write(failed);
            if (why.outcome() == Outcome.UNKNOWN) {
                searches.add(failed);
                parent.say(UNKNOWN, unknowns.incrementAndGet());
            }
        }
    }

    private static Place place(Receipt receipt) {
        return new Place(receipt.topic(), receipt.partition(), receipt.offset());
    }

    /** A thread that publishes to keys of its own. */
    private final class Flood implements Runnable {
        private static final int KEYS = 2;
        private static final int BATCH = 20;

        private final int thread;
        private final Random dice;
        private final Map<String, Long> numbers = new HashMap<>();

        Flood(int thread, Random dice) {
            this.thread = thread;
            this.dice = dice;
        }

        @Override
        public void run() {
            while (!parent.wantsTheEnd()) {
                List<Announced> batch = new ArrayList<>();
                for (int i = 0; i < BATCH; i++) {
                    batch.add(next());
                }
                ledger.writeDurably(batch.stream().map(Announced::intent).toList());
                batch.forEach(this::publish);
            }
        }

        private Announced next() {
            Topic<String, String> topic = TOPICS.get(dice.nextInt(TOPICS.size()));
            String key = "key-" + thread + "-" + dice.nextInt(KEYS);
            long number = numbers.merge(topic.alias() + key, 1L, Long::sum);
            MessageId id = new MessageId(topic.alias(), key, number, MessageId.ONLY);
            int fate = dice.nextInt(400);
            int filler = fate == 0 ? TOO_LARGE_FOR_KAFKA : fate == 1 ? TOO_LARGE_FOR_KURIER : 0;
            return Announced.of(topic, id, id.value(dice, filler));
        }

        private void publish(Announced next) {
            permits.acquireUninterruptibly();
            CompletableFuture<Receipt> answer =
                    dice.nextInt(20) == 0 ? publisher.tryPublish(next.message()) : publisher.publish(next.message());
            answer.whenComplete((receipt, failure) -> {
                told(next.intent().message(), receipt, failure);
                permits.release();
            });
        }
    }
}
