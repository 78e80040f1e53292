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

/** A scripted transport whose transactions always succeed. Acknowledgments wait for the lock of {@link #answers}. */
final class ScriptedTransactions extends ScriptedTransport {
    private final Object answers = new Object();
    private long nextOffset = 42;

    ScriptedTransactions() {
        answer(ack -> {
            synchronized (answers) {
                ack.stored(0, nextOffset++, 1_000, 1);
            }
        });
    }

    Object answers() {
        return answers;
    }

    @Override
    public TransactionalSender transactional(String transactionalId) {
        return new Sender();
    }

    private final class Sender implements TransactionalSender {
        @Override
        public int partitions(String topic) {
            return ScriptedTransactions.this.partitions(topic);
        }

        @Override
        public @Nullable SendRejection attempt(
                EncodedRecord record, int partition, @Nullable Long timestamp, Acknowledgment acknowledgment) {
            return ScriptedTransactions.this.attempt(record, partition, timestamp, acknowledgment);
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
            flush(); // every record is acknowledged
        }

        @Override
        public void abort() {
            flush();
        }

        @Override
        public void close(Duration timeout) {}
    }
}
