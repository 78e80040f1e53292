// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.route;

import io.kurier.ArrayHeaders;
import io.kurier.PublishException;
import io.kurier.Stage;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.RecordSequence;
import java.io.IOException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records of a value that is too large for one, one at a time. Used by one thread. */
public final class EncodedSequence implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EncodedSequence.class);

    private final String alias;
    private final EncodedRecord shared;
    private final RecordSequence values;
    private final @Nullable RecordIds ids;

    /**
     * The records of a message.
     *
     * @param alias the topic, for messages
     * @param shared what all records have in common: topic, key and the message's headers
     * @param values their values
     * @param ids gives each of them an id, if they are to have one
     */
    EncodedSequence(String alias, EncodedRecord shared, RecordSequence values, @Nullable RecordIds ids) {
        this.alias = alias;
        this.shared = shared;
        this.values = values;
        this.ids = ids;
    }

    /**
     * The next record, or null after the last.
     *
     * @throws PublishException if the value cannot be encoded any further
     */
    public @Nullable EncodedRecord next() {
        Headers headers = new ArrayHeaders(shared.headers());
        try {
            byte[] value = values.next(headers);
            if (ids != null) {
                ids.addTo(headers);
            }
            return value == null ? null : new EncodedRecord(shared.topic(), shared.key(), value, headers);
        } catch (Throwable e) {
            // A channel that is closed by an interrupt says so by its class alone.
            String reason = e instanceof Error || e.getMessage() == null ? e.toString() : e.getMessage();
            throw Refused.at(Stage.ENCODE, alias, "the value cannot be read: " + reason, e);
        }
    }

    @Override
    public void close() {
        try {
            values.close();
        } catch (IOException | RuntimeException e) {
            // What was read is handed over, or refused already: a failure now says nothing of the value.
            LOG.warn("a value of topic {} was read, and what it was read from cannot be closed", alias, e);
        }
    }
}
