// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.core.internal.completion.RepeatedCompletion;
import io.kurier.core.transport.KafkaFailure;
import io.kurier.spi.EncodedRecord;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the delivery of a message whose topic has a dead-letter topic. It keeps what has been made of the
 * message until the outcome. If the message fails for good, a {@link DeadLetter} is sent, and the delivery gets its
 * failure when the outcome of that is known.
 *
 * <p>A message that is refused in the caller's thread has its dead letter sent there, with the time that the caller may
 * wait. One that fails later, on Kafka's I/O thread, has it sent on a completion thread.
 */
final class DeadLetterDelivery implements DeliveryCallback {
    private final DeadLetterTopic letters;
    private final DeliveryCallback delivery;
    private final Topic<?, ?> topic;
    private final MessageMetadata metadata;
    private final Duration wait;

    /** A {@link State}, or the first dead letter of a message that has failed and whose dead letter has no outcome yet. */
    private final AtomicReference<Object> state = new AtomicReference<>(State.OPEN);

    // Written by the caller's thread, and read when the message has failed, which happens after that.
    private @Nullable Object key;
    private @Nullable Object value;
    private @Nullable EncodedRecord encoded;
    private boolean guarded;

    private enum State {
        OPEN,
        ENDED
    }

    DeadLetterDelivery(
            DeadLetterTopic letters,
            DeliveryCallback delivery,
            Topic<?, ?> topic,
            @Nullable Object key,
            @Nullable Object value,
            MessageMetadata metadata,
            Duration wait) {
        this.letters = letters;
        this.delivery = delivery;
        this.topic = topic;
        this.key = key;
        this.value = value;
        this.metadata = metadata;
        this.wait = wait;
    }

    DeadLetterTopic letters() {
        return letters;
    }

    Topic<?, ?> topic() {
        return topic;
    }

    MessageMetadata metadata() {
        return metadata;
    }

    /** How long the thread that sends the dead letter may wait for room. */
    Duration waitForRoom() {
        return wait;
    }

    /** The key as the caller gave it; null as well once the record is encoded. */
    @Nullable
    Object key() {
        return key;
    }

    /** The value as the caller gave it; null as well once the record is encoded. */
    @Nullable
    Object value() {
        return value;
    }

    /** The last record that was made of the message; null if none was, or if the value makes several. */
    @Nullable
    EncodedRecord encoded() {
        return encoded;
    }

    /** Whether all guards have let that record through. */
    boolean isGuarded() {
        return guarded;
    }

    @Override
    public void encoded(EncodedRecord record) {
        encoded = record;
        guarded = false;
        key = null;
        value = null;
    }

    @Override
    public void guarded(EncodedRecord record) {
        encoded = record;
        guarded = true;
    }

    @Override
    public void goesTo(int partition) {
        delivery.goesTo(partition);
    }

    @Override
    public void stored(int partition, long offset, long timestamp, int valueBytes) {
        if (ends()) {
            delivery.stored(partition, offset, timestamp, valueBytes);
        }
    }

    @Override
    public void stored(Receipt receipt) {
        if (ends()) {
            delivery.stored(receipt);
        }
    }

    @Override
    public void failed(KafkaFailure answer) {
        failed(letters.from().failure(answer));
    }

    @Override
    public void failed(PublishException why) {
        if (!letters.takes(why)) {
            if (ends()) {
                delivery.failed(why);
            }
            return;
        }
        DeadLetter letter = new DeadLetter(this, why); // before the change of state: it can exhaust memory
        Object before = state.compareAndExchange(State.OPEN, letter);
        if (before == State.OPEN) {
            letters.from().add(letter);
        } else if (before instanceof DeadLetter first) { // an error may have interrupted this before it was queued
            letters.from().add(new RepeatedCompletion(first));
        }
    }

    @Override
    public void refused(PublishException why) {
        if (!letters.takes(why)) {
            if (ends()) {
                delivery.refused(why);
            }
            return;
        }
        DeadLetter letter = new DeadLetter(this, why);
        if (state.compareAndSet(State.OPEN, letter)) {
            letter.send();
        }
    }

    /**
     * Called when the outcome of the dead letter is known.
     *
     * @param why the failure of the message
     * @param receipt where the dead letter is stored, or null
     * @param failure why it is not, or null
     */
    void ended(PublishException why, @Nullable Receipt receipt, @Nullable PublishException failure) {
        PublishException complete = why.withDeadLetter(receipt, failure);
        if (state.getAndSet(State.ENDED) != State.ENDED) {
            letters.ended(failure);
        }
        delivery.failed(complete); // which accepts one outcome only; an error may have interrupted this before
    }

    /** Whether an outcome without a dead letter is to be passed on; it may come a second time, and is then as well. */
    private boolean ends() {
        if (state.compareAndSet(State.OPEN, State.ENDED)) {
            letters.ended();
            return true;
        }
        return state.get() == State.ENDED;
    }
}
