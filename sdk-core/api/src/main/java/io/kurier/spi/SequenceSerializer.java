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
     * @param headers the message's headers, to be left as they are; each record gets a copy of its own
     * @param value the value, not null
     * @return the records, one at a time; the facade closes it in every case
     */
    RecordSequence sequence(String topic, Headers headers, T value);
}
