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

/** The records of a value that is too large for one, one at a time. Used by one thread. */
public final class EncodedSequence implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EncodedSequence.class);

    private final String alias;
    private final EncodedRecord shared;
    private final RecordSequence values;
    private final @Nullable RecordIds ids;
    private byte @Nullable [] last;

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
     * The next record, or null after the last. It can be called before the record that it gave last has left.
     *
     * @throws PublishException if the value cannot be encoded any further
     */
    public @Nullable EncodedRecord next() {
        Headers headers = new ArrayHeaders(shared.headers());
        byte[] value;
        try {
            value = values.next(headers);
        } catch (Throwable e) { // an Error, and what a plugin throws undeclared: publish never throws
            // A channel that is closed by an interrupt says so by its class alone.
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

    /** Never throws: what was read is handed over, or refused already, and a failure now says nothing of the value. */
    @Override
    public void close() {
        try {
            values.close();
        } catch (Throwable e) { // an Error, and what a plugin throws undeclared
            SafeLogger.warn(LOG, e, "a value of topic {} was read, and what it was read from cannot be closed", alias);
        }
    }
}
