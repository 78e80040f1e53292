// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.TransactionException;
import io.kurier.TransactionalSession;
import io.kurier.core.Kurier;
import io.kurier.promises.Entry.Ended;
import io.kurier.promises.Entry.Ending;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;

/**
 * The application that {@link PublisherKillTest} kills: it publishes numbered orders exactly once, by writing its
 * progress in the transaction of the orders themselves.
 *
 * <p>The order of its first steps makes it exact. It opens its id, which ends what its predecessor has left open, and
 * only then reads the progress, which no other process can change any more.
 */
final class ShardChild {
    static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);
    static final Topic<String, String> PROGRESS = Topic.of("progress", String.class, String.class);

    /** Words for the parent: it has begun, has read the number of the next order, has committed up to that number. */
    static final String BEGUN = "begun";

    static final String READY = "ready";
    static final String COMMITTED = "committed";

    private static final String SHARD = "shard";
    private static final int CUSTOMERS = 8;

    private final Parent parent;
    private final Ledger ledger;
    private final String incarnation;
    private final long seed;
    private final Random dice;
    private int transactions;

    private ShardChild(Parent parent, Ledger ledger, String incarnation, long seed) {
        this.parent = parent;
        this.ledger = ledger;
        this.incarnation = incarnation;
        this.seed = seed;
        this.dice = new Random(seed + Integer.parseInt(incarnation));
    }

    /**
     * Starts it. The arguments are the brokers' addresses, the directory of the ledgers, the number of the incarnation
     * and the seed.
     */
    public static void main(String[] args) throws Exception {
        Parent parent = Parent.connect();
        parent.say(BEGUN, 1);
        try (Ledger ledger = Ledger.begin(Path.of(args[1]), Integer.parseInt(args[2]));
                Publisher publisher = Kurier.start(config(args[0]), ORDERS, PROGRESS);
                TransactionalSession shard = publisher.transactionalSession(SHARD)) {
            ShardChild application = new ShardChild(parent, ledger, args[2], Long.parseLong(args[3]));
            application.goOn(shard, progress(args[0]));
        }
    }

    private static Map<String, String> config(String bootstrapServers) {
        Map<String, String> config = new HashMap<>();
        config.put("bootstrap.servers", bootstrapServers);
        config.put("application.id", "promises");
        config.put("transactions.producers", "1");
        config.put("topics.management", "create");
        config.put("topics.orders.partitions", "3");
        config.put("topics.orders.value.serializer", "text");
        config.put("topics.progress.partitions", "1");
        config.put("topics.progress.config.cleanup.policy", "compact");
        config.put("topics.progress.value.serializer", "text");
        return config;
    }

    /** Returns the number of the next order, as the last committed transaction has left it. */
    static long progress(String bootstrapServers) throws Exception {
        long[] next = {0};
        TopicReader.read(
                bootstrapServers, List.of(PROGRESS.alias()), record -> next[0] = Long.parseLong("" + record.value()));
        return next[0];
    }

    private void goOn(TransactionalSession shard, long from) {
        parent.say(READY, from);
        long next = from;
        while (!parent.wantsTheEnd()) {
            long end = next + 50 + dice.nextInt(151);
            if (publish(shard, next, end)) {
                next = end;
                parent.say(COMMITTED, next);
            }
        }
    }

    /** Returns whether the orders are committed; some are aborted at random, and repeated in the next transaction. */
    private boolean publish(TransactionalSession shard, long from, long end) {
        transactions++;
        String attempt = incarnation + "." + transactions;
        boolean givesUp = dice.nextInt(8) == 0;
        List<Announced> orders =
                LongStream.range(from, end).mapToObj(n -> order(n, attempt)).toList();
        ledger.writeDurably(orders.stream().map(Announced::intent).toList());
        try {
            shard.transaction(transaction -> {
                        orders.forEach(order -> transaction.publish(order.message()));
                        transaction.publish(PROGRESS, SHARD, Long.toString(end));
                        if (givesUp) {
                            throw new GivesUp();
                        }
                        return null;
                    })
                    .join();
            ledger.write(new Ended(attempt, Ending.COMMITTED));
            return true;
        } catch (CompletionException e) {
            if (!givesUp || !(e.getCause() instanceof TransactionException why)) {
                throw e;
            }
            ledger.write(new Ended(
                    attempt,
                    switch (why.outcome()) {
                        case REJECTED, NOT_STORED -> Ending.ABORTED;
                        case UNKNOWN -> Ending.UNKNOWN;
                    }));
            return false;
        }
    }

    /** Returns the n-th order, the same for every caller. */
    private Announced order(long n, String attempt) {
        Random content = new Random(seed ^ n * 0x9E3779B97F4A7C15L);
        MessageId id = new MessageId(ORDERS.alias(), "customer-" + content.nextInt(CUSTOMERS), n, attempt);
        return Announced.of(ORDERS, id, id.value(content, 0));
    }

    /** The callback aborts the transaction. */
    private static final class GivesUp extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
