// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.publish;

import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.core.errors.ThrowableText;
import io.kurier.spi.PublishListener;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a publisher's listeners of outcomes. No method throws, whatever a listener does: an outcome must arrive. */
final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private record Listening(PublishListener listener, boolean needsMessages) {}

    private final List<Listening> all;
    private final boolean isEmpty;
    private final boolean needMessages;

    Listeners(Collection<PublishListener> listeners) {
        this.all = listeners.stream()
                .map(listener -> new Listening(listener, listener.needsMessages()))
                .toList();
        this.isEmpty = all.isEmpty();
        this.needMessages = all.stream().anyMatch(Listening::needsMessages);
    }

    boolean isEmpty() {
        return isEmpty;
    }

    /** Whether one of them asks for the messages that fail, so that each has to be kept until its outcome. */
    boolean needMessages() {
        return needMessages;
    }

    void tellStored(Lane lane, Receipt receipt, long nanos) {
        for (Listening one : all) {
            try {
                one.listener().stored(lane.alias(), receipt, nanos);
            } catch (Throwable e) {
                report(lane.alias(), "stored", e);
            }
        }
    }

    void tellFailed(Lane lane, Observed message, PublishException failure, long nanos) {
        for (Listening one : all) {
            try {
                one.listener().failed(message.failed(lane, failure, nanos, one.needsMessages()));
            } catch (Throwable e) {
                report(failure.topic(), failure.outcome(), e);
            }
        }
    }

    private static void report(String topic, Object outcome, Throwable thrown) {
        try {
            LOG.error(
                    "A listener failed at a message of topic {} that is {}",
                    topic,
                    outcome,
                    ThrowableText.loggable(thrown));
        } catch (Throwable e) {
            return; // the log fails as well, for want of memory above all
        }
    }
}
