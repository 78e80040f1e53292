// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import io.kurier.core.internal.attempts.Attempt;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.search.TopicIds;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.SendRejection;
import io.kurier.core.transport.TransactionFailure;
import io.kurier.core.transport.TransactionalSender;
import io.kurier.spi.EncodedRecord;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Transactions over one {@link KafkaProducer} with a transactional id, which blocks as Kafka's producers do.
 *
 * <p>A topic's metadata is fetched before its first record: if a {@code send} timed out because metadata is missing,
 * the transaction could only be aborted.
 */
final class KafkaTransactions implements TransactionalSender {
    private final PublisherConfig config;
    private final ManagedProducer client;
    private final TopicIds ids;
    private final Supplier<PublisherConfig> configs;

    /**
     * The topic of the previous record, whose metadata is present; most records go to the same topic as the one before.
     */
    private String warm = "";

    private long bytes;

    /**
     * The topics' ids before the transaction began: it publishes to those topics, or to later ones of the same name.
     */
    private Map<String, Uuid> idsBefore = Map.of();

    private KafkaTransactions(
            PublisherConfig config, ManagedProducer client, TopicIds ids, Supplier<PublisherConfig> configs) {
        this.config = config;
        this.client = client;
        this.ids = ids;
        this.configs = configs;
    }

    /**
     * Makes the producer, fences the previous owner of the id, and fetches the ids of the topics.
     *
     * @param configs returns the configuration to connect with; another one later makes this producer outdated
     * @throws TransactionFailure if Kafka refuses the configuration or the id, or does not respond in time
     */
    static KafkaTransactions connect(Supplier<PublisherConfig> configs, String transactionalId, TopicIds ids) {
        PublisherConfig config = configs.get();
        ManagedProducer client;
        try {
            client = new ManagedProducer(
                    () -> new KafkaProducer<>(
                            config.producerKeys(transactionalId), new ByteArraySerializer(), new ByteArraySerializer()),
                    Map.of(),
                    Map.of());
        } catch (KafkaException e) {
            throw TransactionFailure.of(e);
        }
        try {
            // Requested before, since a transactional id can expire while nothing happens with it.
            Map<String, KafkaFuture<TopicDescription>> topics = ids.ask();
            init(client.producer(), config);
            ids.note(topics);
            return new KafkaTransactions(config, client, ids, configs);
        } catch (RuntimeException e) {
            client.close(Duration.ZERO); // no other code has a reference to it
            throw TransactionFailure.of(e);
        } catch (Error e) {
            client.close(Duration.ZERO);
            throw TransactionFailure.of(e);
        }
    }

    /**
     * Waits as long as {@code publish} may, by as many calls as fit into that time: each call continues what the one
     * before began.
     */
    private static void init(Producer<byte[], byte[]> producer, PublisherConfig config) {
        long deadline = System.nanoTime() + config.maxWait().toNanos();
        while (true) {
            try {
                producer.initTransactions();
                return;
            } catch (TimeoutException e) {
                if (deadline - System.nanoTime() < config.transactionWait().toNanos()) {
                    throw e;
                }
            }
        }
    }

    @Override
    public int partitions(String topic) {
        return client.counts().of(topic);
    }

    @Override
    public IntPredicate leaders(String topic) {
        return client.counts().leaders(topic);
    }

    /**
     * A record for a missing partition would block until the time is over, and the transaction could then only be
     * aborted.
     */
    @Override
    public boolean isMissing(String topic, int partition, @Nullable Long since) {
        return MissingPartition.isCertain(config, topic, partition);
    }

    @Override
    public @Nullable SendRejection attempt(
            EncodedRecord record, int partition, @Nullable Long timestamp, Acknowledgment acknowledgment) {
        SendRejection cold = warm(record.topic());
        if (cold != null) {
            return cold;
        }
        Attempt attempt = SingleAttempt.begin(acknowledgment);
        client.attempts().add(attempt);
        try {
            client.send(record, partition, timestamp, attempt);
        } catch (RuntimeException e) {
            attempt.refusedBy(e);
        } catch (Error e) { // the transaction cannot be committed any more, whatever the producer has taken
            attempt.refusedBy(new KafkaException(ThrowableText.of(e), e));
        }
        Exception cause = attempt.end();
        if (cause == null) {
            bytes += size(record.key()) + size(record.value());
        }
        return cause == null ? null : new SendRejection(cause);
    }

    private static int size(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    /** Fetches a topic's metadata, unless the previous record was for the same topic. */
    private @Nullable SendRejection warm(String topic) {
        if (warm.equals(topic)) {
            return null;
        }
        try {
            if (partitions(topic) == UNKNOWN) {
                return new SendRejection(new TimeoutException("the metadata of " + topic + " did not arrive in time"));
            }
        } catch (RuntimeException e) {
            return new SendRejection(e);
        }
        warm = topic;
        return null;
    }

    @Override
    public boolean isOutdated() {
        return configs.get() != config;
    }

    @Override
    public void begin() {
        warm = "";
        bytes = 0;
        idsBefore = ids.seen();
        call(client.producer()::beginTransaction);
    }

    @Override
    public @Nullable Uuid topicId(String topic) {
        return idsBefore.get(topic);
    }

    @Override
    public void sendOffsets(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        client.producer().sendOffsetsToTransaction(offsets, group);
    }

    @Override
    public void commit() {
        call(client.producer()::commitTransaction);
    }

    @Override
    public void abort() {
        call(client.producer()::abortTransaction);
    }

    private static void call(Runnable kafkas) {
        try {
            kafkas.run();
        } catch (RuntimeException e) {
            throw TransactionFailure.of(e);
        } catch (Error e) {
            throw TransactionFailure.of(e);
        }
    }

    @Override
    public void close(Duration timeout) {
        client.close(timeout);
    }
}
