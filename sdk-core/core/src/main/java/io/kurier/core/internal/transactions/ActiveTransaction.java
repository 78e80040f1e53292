// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.transactions;

import io.kurier.ArrayHeaders;
import io.kurier.DeliveryHandle;
import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.route.Routes;
import io.kurier.core.internal.send.MessageMetadata;
import io.kurier.core.internal.send.PublishPipeline;
import io.kurier.core.internal.send.TopicState;
import io.kurier.core.internal.send.TopicStates;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.KafkaFailure;
import io.kurier.core.transport.SendRejection;
import io.kurier.core.transport.TransactionalSender;
import io.kurier.spi.EncodedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The transaction through which a callback publishes, and its messages, which are settled together at its end. */
final class ActiveTransaction implements SourceTransaction {
    private static final int KAFKA_CHOOSES = -1;

    private final TopicStates topicStates;
    private final PublishPipeline pipeline;
    private final TransactionalSender sender;
    private final Thread thread = Thread.currentThread();
    private final long begunAt = System.nanoTime();
    private final List<TransactionalDelivery> messages = new ArrayList<>();
    private volatile boolean ended;
    private int attempts;

    /**
     * The messages that Kafka refused, by the exception. The producer fails what it has not sent yet with the exception
     * that made the transaction useless, so only the first of those messages was refused itself.
     */
    private final Map<Throwable, PublishException> refusals = Collections.synchronizedMap(new IdentityHashMap<>());

    /**
     * Why the transaction can only be aborted; written by the callback's thread or Kafka's I/O thread, and the first of
     * them counts.
     */
    private volatile @Nullable PublishException failure;

    private final Consumer<PublishException> onFailure = this::refused;

    ActiveTransaction(TopicStates topicStates, PublishPipeline pipeline, TransactionalSender sender) {
        this.topicStates = topicStates;
        this.pipeline = pipeline;
        this.sender = sender;
    }

    @Override
    public void publish(Message<?, ?> message) {
        if (message == null) { // from callers outside null-checked code
            checkIsOpen();
            throw Routes.noTopic();
        }
        publish(message.topic(), message.key(), message.value(), MessageMetadata.of(message));
    }

    @Override
    public <K, V> void publish(Topic<K, V> topic, @Nullable K key, @Nullable V value) {
        publish(topic, key, value, MessageMetadata.NONE);
    }

    private void publish(Topic<?, ?> topic, @Nullable Object key, @Nullable Object value, MessageMetadata metadata) {
        checkIsOpen();
        if (failure != null) {
            throw failure;
        }
        attempts++;
        TopicState topicState = topicStates.of(topic);
        MessageMetadata traced = topicState.traced(metadata);
        TransactionalDelivery message = new TransactionalDelivery(topicState, onFailure, topic, key, value, traced);
        PublishException rejection = pipeline.submit(topicState, message, topic, key, value, traced, Duration.ZERO);
        if (!message.isRefused()) {
            messages.add(message);
            topicStates.addTransacted(1);
        }
        if (rejection != null) {
            if (!message.isRefused() || rejection.stage() == Stage.SEND) {
                failed(rejection);
            }
            throw rejection;
        }
    }

    @Override
    public void add(String topic, byte[] key, byte @Nullable [] value) {
        checkIsOpen();
        PublishException known = failure;
        if (known != null) {
            throw known;
        }
        SendRejection rejection = sender.attempt(
                new EncodedRecord(topic, key, value, new ArrayHeaders()), KAFKA_CHOOSES, null, new Added(topic));
        if (rejection != null) {
            PublishException why = new PublishException(
                    topic,
                    Stage.SEND,
                    Outcome.REJECTED,
                    rejection.isRetriable(),
                    rejection.why() == null ? ThrowableText.reason(rejection.cause()) : rejection.why(),
                    rejection.cause());
            failed(why);
            throw why;
        }
    }

    /** The acknowledgment of a record that is no message. */
    private final class Added implements Acknowledgment {
        private final String topic;

        Added(String topic) {
            this.topic = topic;
        }

        @Override
        public void stored(int partition, long offset, long timestamp, int valueBytes) {}

        @Override
        public void failed(KafkaFailure answer) {
            ActiveTransaction.this.failed(new PublishException(
                    topic,
                    Stage.SEND,
                    answer.outcome(),
                    answer.retriable(),
                    ThrowableText.reason(answer.cause()),
                    answer.cause()));
        }
    }

    @Override
    public int attempts() {
        return attempts;
    }

    @Override
    public int size() {
        return messages.size();
    }

    @Override
    public long bytes() {
        return sender.bytes();
    }

    @Override
    public @Nullable Receipt receipt(int index) {
        return messages.get(index).receipt();
    }

    @Override
    public @Nullable PublishException failure(int index) {
        PublishException why = messages.get(index).failure();
        Throwable cause = why == null ? null : why.getCause();
        return cause == null || refusals.get(cause) == why ? why : null;
    }

    @Override
    public void sendOffsets(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        Objects.requireNonNull(offsets, "offsets");
        Objects.requireNonNull(group, "group");
        checkIsOpen();
        sender.sendOffsets(offsets, group);
    }

    private void checkIsOpen() {
        if (ended) {
            throw new IllegalStateException(
                    "the transaction has ended with its callback: begin another by Publisher.transaction");
        }
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException("a transaction is for the thread " + thread.getName()
                    + " that runs its callback, and this is "
                    + Thread.currentThread().getName()
                    + ": publish in the callback itself");
        }
    }

    private void refused(PublishException why) {
        Throwable cause = why.getCause();
        if (cause != null) {
            refusals.putIfAbsent(cause, why);
        }
        failed(why);
    }

    /** Called when one of its messages failed, so that the transaction can only be aborted. */
    private void failed(PublishException why) {
        if (failure == null) {
            failure = why;
        }
    }

    /** Why the transaction can only be aborted, or null. */
    @Nullable
    PublishException failure() {
        return failure;
    }

    /** How long the transaction has been open. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - begunAt);
    }

    /** Called when the callback has ended: no message can be published any more. */
    void end() {
        ended = true;
    }

    /** Called when the transaction is committed: all of its records are visible to consumers. */
    void committed() {
        int next = 0;
        while (next < messages.size()) {
            TopicState topicState = messages.get(next).topicState();
            int first = next;
            long bytes = 0;
            while (next < messages.size() && messages.get(next).topicState() == topicState) {
                bytes += messages.get(next).committed().valueBytes();
                next++;
            }
            topicState.counts().stored(next - first, bytes);
        }
        topicStates.addTransacted(-messages.size());
    }

    /** Called when the transaction is not committed, or it is unknown whether it is. */
    void notCommitted(Outcome outcome, boolean retriable, String reason, @Nullable Throwable cause) {
        Map<TopicState, PublishException> byTopic = new HashMap<>();
        for (TransactionalDelivery message : messages) {
            message.ended(byTopic.computeIfAbsent(
                    message.topicState(),
                    topicState ->
                            new PublishException(topicState.alias(), Stage.SEND, outcome, retriable, reason, cause)));
        }
        topicStates.addTransacted(-messages.size());
    }

    /**
     * Returns the handle by which the transaction's end can be found: the position of one of its messages, in a topic
     * whose id is known if there is one. Null if no position is known.
     */
    @Nullable
    DeliveryHandle handle() {
        DeliveryHandle last = null;
        for (TransactionalDelivery message : messages) {
            Receipt receipt = message.receipt();
            if (receipt != null && receipt.hasOffset()) {
                last = handle(receipt);
                if (last.topicId() != null) {
                    return last;
                }
            }
        }
        return last;
    }

    private DeliveryHandle handle(Receipt receipt) {
        return new DeliveryHandle(
                receipt.topic(),
                sender.topicId(receipt.topic()),
                receipt.partition(),
                List.of(),
                receipt.timestamp(),
                receipt.offset(),
                null,
                0);
    }
}
