// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.KafkaFailure;
import io.kurier.core.transport.SendRejection;
import io.kurier.spi.EncodedRecord;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A transport with a script of its own for each topic: what happens to its next records. */
final class PerTopicTransport extends ScriptedTransport {
    private final Map<String, Queue<Object>> next = new ConcurrentHashMap<>();
    final Set<String> threads = ConcurrentHashMap.newKeySet();
    volatile CountDownLatch held = new CountDownLatch(0);

    /** A {@code KafkaFailure} is the answer, any other exception refuses the record. */
    void next(String topic, Object... what) {
        next.computeIfAbsent(topic, added -> new ConcurrentLinkedQueue<>()).addAll(List.of(what));
    }

    List<EncodedRecord> stored(String topic) {
        return taken().stream()
                .map(Taken::record)
                .filter(record -> record.topic().equals(topic))
                .toList();
    }

    @Override
    public @Nullable SendRejection attempt(
            EncodedRecord record, int partition, @Nullable Long timestamp, Acknowledgment acknowledgment) {
        if (record.topic().equals("dead")) {
            threads.add(Thread.currentThread().getName());
        }
        Queue<Object> script = next.get(record.topic());
        Object now = script == null ? null : script.poll();
        if (now instanceof KafkaFailure failure) {
            onIoThread(() -> {
                try {
                    held.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                acknowledgment.failed(failure);
            });
            return null;
        }
        return now instanceof Exception refused
                ? new SendRejection(refused)
                : super.attempt(record, partition, timestamp, acknowledgment);
    }
}
