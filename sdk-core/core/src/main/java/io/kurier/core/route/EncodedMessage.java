// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.route;

import io.kurier.PublishException;
import io.kurier.Stage;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.RecordSequence;
import java.io.IOException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records of one message, one at a time: mostly one, several for a large value. Used by one thread. */
public final class EncodedMessage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EncodedMessage.class);

    private final String alias;
    private @Nullable EncodedRecord single;
    private final @Nullable Rest rest;

    /** What is still to come: the values one by one, and what all of their records share. */
    private record Rest(EncodedRecord shared, RecordSequence values) {}

    private EncodedMessage(String alias, @Nullable EncodedRecord single, @Nullable Rest rest) {
        this.alias = alias;
        this.single = single;
        this.rest = rest;
    }

    static EncodedMessage single(String alias, EncodedRecord record) {
        return new EncodedMessage(alias, record, null);
    }

    static EncodedMessage sequence(
            String alias, String topic, byte @Nullable [] key, Headers headers, RecordSequence values) {
        return new EncodedMessage(alias, null, new Rest(new EncodedRecord(topic, key, null, headers), values));
    }

    /** Whether the message may become several records, which must then share a partition. */
    public boolean isSequence() {
        return rest != null;
    }

    /**
     * The next record, or null after the last.
     *
     * @throws PublishException if the value cannot be encoded any further
     */
    public @Nullable EncodedRecord next() {
        if (rest == null) {
            EncodedRecord record = single;
            single = null;
            return record;
        }
        Headers headers = new RecordHeaders(rest.shared().headers());
        try {
            byte[] value = rest.values().next(headers);
            return value == null
                    ? null
                    : new EncodedRecord(rest.shared().topic(), rest.shared().key(), value, headers);
        } catch (IOException | RuntimeException | StackOverflowError | LinkageError e) {
            // A channel that is closed by an interrupt says so by its class alone.
            String reason = e instanceof Error || e.getMessage() == null ? e.toString() : e.getMessage();
            throw Refused.at(Stage.ENCODE, alias, "the value cannot be read: " + reason, e);
        }
    }

    @Override
    public void close() {
        if (rest != null) {
            try {
                rest.values().close();
            } catch (IOException | RuntimeException e) {
                // What was read is handed over, or refused already: a failure now says nothing of the value.
                LOG.warn("a value of topic {} was read, and what it was read from cannot be closed", alias, e);
            }
        }
    }
}
