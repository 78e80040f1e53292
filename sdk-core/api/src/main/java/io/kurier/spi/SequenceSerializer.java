// SPDX-License-Identifier: Apache-2.0
package io.kurier.spi;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The optional capability of a serializer whose values may be too large for one record: it encodes a value as a
 * sequence of records, which are guarded, partitioned and sent like any other, in order and to one partition.
 *
 * @param <T> the type of values
 */
public interface SequenceSerializer<T> extends Serializer<T> {

    /**
     * Begins to encode a value.
     *
     * @param topic the physical topic
     * @param headers the message's headers, which must not be changed; each record gets its own copy
     * @param value the value, not null
     * @return the records, one at a time; the publisher always closes it
     */
    RecordSequence sequence(String topic, Headers headers, T value);
}
