// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.route;

import io.kurier.ArrayHeaders;
import io.kurier.PublishException;
import io.kurier.Stage;
import io.kurier.core.internal.errors.SafeLogger;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.RecordSequence;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records of a value that is too large for one record, one at a time. Used by one thread. */
public final class EncodedSequence implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EncodedSequence.class);

    private final String alias;
    private final EncodedRecord shared;
    private final RecordSequence values;
    private final @Nullable RecordIds ids;
    private byte @Nullable [] last;

    /**
     * Creates the records of a message.
     *
     * @param alias the topic, for messages
     * @param shared the common part of all records: topic, key and the message's headers
     * @param values their values
     * @param ids gives each of them an id, or null
     */
    EncodedSequence(String alias, EncodedRecord shared, RecordSequence values, @Nullable RecordIds ids) {
        this.alias = alias;
        this.shared = shared;
        this.values = values;
        this.ids = ids;
    }

    /**
     * Returns the next record, or null after the last. It can be called before the previous record has been sent.
     *
     * @throws PublishException if the value cannot be encoded any further
     */
    public @Nullable EncodedRecord next() {
        Headers headers = new ArrayHeaders(shared.headers());
        byte[] value;
        try {
            value = values.next(headers);
        } catch (Throwable e) { // an Error, and what a plugin throws undeclared: publish never throws
            // An exception of a channel that an interrupt has closed explains itself by its class only.
            throw refused("the value cannot be read: " + ThrowableText.reason(e), e);
        }
        if (value == null && last == null) {
            throw refused("the serializer made no record of the value: a sequence has at least one", null);
        }
        if (value != null && value == last && value.length > 0) {
            throw refused(
                    "the serializer gave the same array for two records: have it make a new one for each, since the one"
                            + " before has not been sent yet",
                    null);
        }
        last = value;
        if (value == null) {
            return null;
        }
        if (ids != null) {
            ids.addTo(headers);
        }
        return new EncodedRecord(shared.topic(), shared.key(), value, headers);
    }

    private PublishException refused(String reason, @Nullable Throwable cause) {
        return Rejections.at(Stage.ENCODE, alias, reason, cause);
    }

    /** Never throws: the records are sent or refused already, and a failure now does not affect the value. */
    @Override
    public void close() {
        try {
            values.close();
        } catch (Throwable e) { // an Error, and what a plugin throws undeclared
            SafeLogger.warn(LOG, e, "a value of topic {} was read, and what it was read from cannot be closed", alias);
        }
    }
}
