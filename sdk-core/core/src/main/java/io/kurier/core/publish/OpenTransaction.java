// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.publish;

import io.kurier.Handle;
import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.Transaction;
import io.kurier.core.route.Routes;
import io.kurier.core.transport.TransactionalSender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The transaction that a work publishes through, and the messages that share its end. */
final class OpenTransaction implements Transaction {
    private final Lanes lanes;
    private final Way way;
    private final TransactionalSender sender;
    private final Thread thread = Thread.currentThread();
    private final long begunAt = System.nanoTime();
    private final List<Held> messages = new ArrayList<>();
    private volatile boolean ended;

    /** Why it can only be aborted; written by the work's thread or Kafka's I/O thread, the first of them counts. */
    private volatile @Nullable PublishException failure;

    OpenTransaction(Lanes lanes, Way way, TransactionalSender sender) {
        this.lanes = lanes;
        this.way = way;
        this.sender = sender;
    }

    @Override
    public void publish(Message<?, ?> message) {
        if (message == null) { // from callers outside null-checked code
            checkIsOpen();
            throw Routes.noTopic();
        }
        publish(message.topic(), message.key(), message.value(), Extras.of(message));
    }

    @Override
    public <K, V> void publish(Topic<K, V> topic, @Nullable K key, @Nullable V value) {
        publish(topic, key, value, Extras.NONE);
    }

    private void publish(Topic<?, ?> topic, @Nullable Object key, @Nullable Object value, Extras extras) {
        checkIsOpen();
        if (failure != null) {
            throw failure;
        }
        Lane lane = lanes.of(topic);
        Held message = Held.begin(lane, this, topic, key, value, extras);
        PublishException refusal = way.carry(lane, message, topic, key, value, extras, Duration.ZERO);
        if (!message.isDone()) { // or nothing of it was handed over
            messages.add(message);
        }
        if (refusal != null) {
            if (!message.isDone() || refusal.stage() == Stage.SEND) {
                failed(refusal);
            }
            throw refusal;
        }
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
                    "the transaction has ended with its work: begin another by Publisher.transaction");
        }
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException("a transaction is for the thread " + thread.getName()
                    + " that runs its work, and this is "
                    + Thread.currentThread().getName()
                    + ": publish in the work itself");
        }
    }

    /** One of its messages failed, so that it can only be aborted. */
    void failed(PublishException why) {
        if (failure == null) {
            failure = why;
        }
    }

    /** Why it can only be aborted, or null. */
    @Nullable
    PublishException failure() {
        return failure;
    }

    /** How long it has been open. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - begunAt);
    }

    /** The work has ended: nobody can publish any more. */
    void end() {
        ended = true;
    }

    /** All of it is visible to readers. */
    void committed() {
        int next = 0;
        while (next < messages.size()) {
            Lane lane = messages.get(next).lane();
            int first = next;
            long bytes = 0;
            while (next < messages.size() && messages.get(next).lane() == lane) {
                bytes += messages.get(next).committed().valueBytes();
                next++;
            }
            lane.counts().stored(next - first, bytes);
        }
    }

    /** It is not committed, or nobody knows. */
    void notCommitted(Outcome outcome, boolean retriable, String reason, @Nullable Throwable cause) {
        Map<Lane, PublishException> byTopic = new HashMap<>();
        for (Held message : messages) {
            message.ended(byTopic.computeIfAbsent(
                    message.lane(),
                    lane -> new PublishException(lane.alias(), Stage.SEND, outcome, retriable, reason, cause)));
        }
    }

    /** What its end can be found by: the position of one of its messages, in a topic whose id is known if there is one. */
    @Nullable
    Handle handle() {
        Handle last = null;
        for (Held message : messages) {
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

    private Handle handle(Receipt receipt) {
        return new Handle(
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
