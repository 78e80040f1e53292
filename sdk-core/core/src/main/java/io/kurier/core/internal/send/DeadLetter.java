// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.send;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.core.internal.completion.Completion;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.transport.KafkaFailure;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to store a dead letter. If it is too large for its topic, the next attempt has less content. A dead
 * letter that fails becomes no other dead letter.
 */
final class DeadLetter implements DeliveryCallback, Completion {
    private final DeadLetterDelivery message;
    private final PublishException why;
    private final DeadLetterContent content;
    private boolean sent;
    private @Nullable Completion next;

    DeadLetter(DeadLetterDelivery message, PublishException why) {
        this(message, why, DeadLetterContent.ALL);
    }

    private DeadLetter(DeadLetterDelivery message, PublishException why, DeadLetterContent content) {
        this.message = message;
        this.why = why;
        this.content = content;
    }

    /** Passes the dead letter to the producer, in the calling thread. Never throws. */
    void send() {
        sent = true;
        DeadLetterTopic letters = message.letters();
        try {
            letters.pipeline().submitEncoded(letters.to(), content.record(message, why), this, message.waitForRoom());
        } catch (Throwable e) { // out of memory, for example
            ended(
                    null,
                    new PublishException(
                            letters.to().alias(),
                            Stage.ENCODE,
                            Outcome.REJECTED,
                            false,
                            "no dead letter could be made: " + ThrowableText.of(e),
                            e));
        }
    }

    @Override
    public boolean tryComplete() {
        if (!sent) {
            send();
        }
        return true;
    }

    @Override
    public void stored(int partition, long offset, long timestamp, int valueBytes) {
        stored(new Receipt(message.letters().to().topic(), partition, offset, timestamp, 1, valueBytes));
    }

    @Override
    public void stored(Receipt receipt) {
        ended(receipt, null);
    }

    @Override
    public void failed(KafkaFailure answer) {
        failed(message.letters().to().failure(answer));
    }

    @Override
    public void failed(PublishException failure) {
        DeadLetter smaller = smallerAfter(failure);
        if (smaller == null) {
            ended(null, failure);
        } else {
            message.letters().from().add(smaller);
        }
    }

    @Override
    public void refused(PublishException failure) {
        DeadLetter smaller = smallerAfter(failure);
        if (smaller == null) {
            ended(null, failure);
        } else {
            smaller.send();
        }
    }

    private @Nullable DeadLetter smallerAfter(PublishException failure) {
        DeadLetterContent less = content.less();
        return less != null
                        && failure.outcome() != Outcome.UNKNOWN
                        && failure.getCause() instanceof RecordTooLargeException
                ? new DeadLetter(message, why, less)
                : null;
    }

    private void ended(@Nullable Receipt receipt, @Nullable PublishException failure) {
        message.ended(why, receipt, failure);
    }

    @Override
    public @Nullable Completion next() {
        return next;
    }

    @Override
    public void next(@Nullable Completion completion) {
        next = completion;
    }
}
