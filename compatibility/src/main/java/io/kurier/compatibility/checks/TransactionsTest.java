// SPDX-License-Identifier: Apache-2.0
package io.kurier.compatibility.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.kurier.Outcome;
import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.TransactionException;
import io.kurier.TransactionalSession;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/**
 * Transactions are all or nothing. A cluster whose {@code transaction.version} is below 2 is refused with the reason,
 * and accepted with {@code transactions.minimum.version}.
 */
class TransactionsTest {
    private static final int RELIABLE = 2;
    private static final Topic<String, String> ORDERS = Topic.of("tx-orders", String.class, String.class);
    private static final Topic<String, String> INVOICES = Topic.of("tx-invoices", String.class, String.class);

    private static Map<String, String> config() throws ExecutionException, InterruptedException {
        Map<String, String> config = Cluster.config(ORDERS, INVOICES);
        config.put("application.id", Cluster.unusedName("application"));
        config.put("transactions.producers", "1");
        if (version() < RELIABLE) {
            config.put("transactions.minimum.version", String.valueOf(version()));
        }
        return config;
    }

    /** Returns the version that this pair of client and broker supports. */
    private static int version() throws ExecutionException, InterruptedException {
        return Math.min(Cluster.transactionVersion(), Cluster.clientHasReliableTransactions() ? RELIABLE : 1);
    }

    @Test
    void transactionsThatAreNotReliableAreRefusedWithTheReasonAndTheKeyThatAcceptsThem() throws Exception {
        assumeThat(version()).isLessThan(RELIABLE);
        Map<String, String> config = config();
        config.remove("transactions.minimum.version");

        assertThatThrownBy(() -> Cluster.start(config, ORDERS, INVOICES).close())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("KIP-890")
                .hasMessageContaining("transactions.minimum.version=" + version());
    }

    @Test
    void messagesOfATransactionAreThereTogetherOrNotAtAll() throws Exception {
        Map<String, String> config = config();
        try (Publisher publisher = Cluster.start(config, ORDERS, INVOICES)) {
            Integer result = publisher
                    .<Integer>transaction(transaction -> {
                        transaction.publish(ORDERS, "k", "committed");
                        transaction.publish(INVOICES, "k", "committed too");
                        return 2;
                    })
                    .join();
            TransactionException aborted = Failures.ofTransaction(publisher.transaction(transaction -> {
                transaction.publish(ORDERS, "k", "aborted");
                transaction.publish(INVOICES, "k", "aborted too");
                throw new IllegalArgumentException("the work fails");
            }));

            assertThat(result).isEqualTo(2);
            assertThat(aborted.outcome()).isEqualTo(Outcome.NOT_STORED);
            assertThat(aborted).hasCauseInstanceOf(IllegalArgumentException.class);
            assertThat(publisher.transaction(transaction -> {
                        transaction.publish(ORDERS, "k", "next");
                        return null;
                    }))
                    .succeedsWithin(Duration.ofSeconds(60));
        }
        assertThat(Cluster.committedValues(Cluster.name(config, ORDERS))).containsExactly("committed", "next");
        assertThat(Cluster.committedValues(Cluster.name(config, INVOICES))).containsExactly("committed too");
    }

    @Test
    void aMessageThatTheBrokerRefusesAbortsTheTransaction() throws Exception {
        Map<String, String> config = config();
        config.put("topics.tx-orders.config.cleanup.policy", "compact");
        try (Publisher publisher = Cluster.start(config, ORDERS, INVOICES)) {
            TransactionException aborted = Failures.ofTransaction(publisher.transaction(transaction -> {
                transaction.publish(INVOICES, "k", "sound");
                transaction.publish(ORDERS, null, "no key");
                return null;
            }));
            assertThat(aborted.outcome()).isEqualTo(Outcome.NOT_STORED);
            assertThat(publisher.transaction(transaction -> {
                        transaction.publish(INVOICES, "k", "next");
                        return null;
                    }))
                    .succeedsWithin(Duration.ofSeconds(60));
        }
        assertThat(Cluster.committedValues(Cluster.name(config, INVOICES))).containsExactly("next");
        assertThat(Cluster.committedValues(Cluster.name(config, ORDERS))).isEmpty();
    }

    @Test
    void whoTakesAnIdFencesItsEarlierOwner() throws Exception {
        Map<String, String> config = config();
        try (Publisher publisher = Cluster.start(config, ORDERS, INVOICES);
                TransactionalSession earlier = publisher.transactionalSession("share")) {
            assertThat(publish(earlier, "first")).succeedsWithin(Duration.ofSeconds(60));
            Map<String, String> another = new HashMap<>(config);
            another.put("application.instance.id", "another");
            try (Publisher other = Cluster.start(another, ORDERS, INVOICES);
                    TransactionalSession later = other.transactionalSession("share")) {
                TransactionException fenced = Failures.ofTransaction(publish(earlier, "fenced"));
                // Before KIP-890 the fence appears when the transaction is registered, and the commit can fail because
                // of it before the message does: then the message's outcome is unknown, and is reported as unknown.
                assertThat(fenced.outcome())
                        .isIn(
                                version() < RELIABLE
                                        ? Set.of(Outcome.NOT_STORED, Outcome.UNKNOWN)
                                        : Set.of(Outcome.NOT_STORED));
                assertThat(Failures.ofTransaction(publish(earlier, "lost")).outcome())
                        .isEqualTo(Outcome.REJECTED);
                assertThat(publish(later, "second")).succeedsWithin(Duration.ofSeconds(60));
            }
        }
        assertThat(Cluster.committedValues(Cluster.name(config, ORDERS))).containsExactly("first", "second");
    }

    private static CompletableFuture<?> publish(TransactionalSession transactions, String value) {
        return transactions.transaction(transaction -> {
            transaction.publish(ORDERS, "k", value);
            return null;
        });
    }

    @Test
    void offsetsAreCommittedWithTheMessages() throws Exception {
        Map<String, String> config = config();
        TopicPartition source = new TopicPartition(Cluster.name(config, ORDERS), 0);
        Map<String, Object> group = new HashMap<>(Cluster.connection());
        group.put(ConsumerConfig.GROUP_ID_CONFIG, Cluster.unusedName("group"));
        group.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        try (Publisher publisher = Cluster.start(config, ORDERS, INVOICES);
                KafkaConsumer<String, String> consumer =
                        new KafkaConsumer<>(group, new StringDeserializer(), new StringDeserializer())) {
            publisher.publish(ORDERS, "k", "order").join();
            consumer.assign(List.of(source));
            publisher
                    .transaction(transaction -> {
                        transaction.publish(INVOICES, "k", "invoice");
                        transaction.sendOffsets(Map.of(source, new OffsetAndMetadata(1)), consumer.groupMetadata());
                        return null;
                    })
                    .join();

            assertThat(consumer.committed(Set.of(source))).containsEntry(source, new OffsetAndMetadata(1));
        }
        assertThat(Cluster.committedValues(Cluster.name(config, INVOICES))).containsExactly("invoice");
    }
}
