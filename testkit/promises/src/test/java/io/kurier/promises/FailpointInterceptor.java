// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Finds the {@link Failpoint}s around a commit: source offsets are the last records of a transaction. */
public final class FailpointInterceptor implements ProducerInterceptor<byte[], byte[]> {
    private static final String OFFSETS = "source-offsets";

    /** For Kafka, which creates interceptors by class name. */
    public FailpointInterceptor() {}

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        if (record.topic().equals(OFFSETS)) {
            Failpoint.BEFORE_COMMIT.reached();
        }
        return record;
    }

    @Override
    public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
        if (exception == null && metadata != null && metadata.topic().equals(OFFSETS)) {
            Failpoint.BEFORE_END.reached();
        }
    }

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}
}
