// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.SendRejection;
import io.kurier.core.transport.TransactionalSender;
import io.kurier.spi.EncodedRecord;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** A scripted transport whose transactions commit and abort as they are told. */
final class SucceedingTransactions extends ScriptedTransport {

    @Override
    public TransactionalSender transactional(String transactionalId) {
        return new Succeeding(this);
    }

    private record Succeeding(ScriptedTransport transport) implements TransactionalSender {
        @Override
        public int partitions(String topic) {
            return transport.partitions(topic);
        }

        @Override
        public @Nullable SendRejection attempt(
                EncodedRecord record, int partition, @Nullable Long timestamp, Acknowledgment acknowledgment) {
            return transport.attempt(record, partition, timestamp, acknowledgment);
        }

        @Override
        public @Nullable Uuid topicId(String topic) {
            return null;
        }

        @Override
        public void begin() {}

        @Override
        public void sendOffsets(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {}

        @Override
        public void commit() {
            transport.flush();
        }

        @Override
        public void abort() {}

        @Override
        public void close(Duration timeout) {}
    }
}
