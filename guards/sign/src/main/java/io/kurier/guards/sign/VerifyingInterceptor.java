// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.sign;

import io.kurier.guards.sign.VerificationException.Part;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees what Kafka's consumer does not show to deserializers: tombstones, and offsets. A tombstone that was not signed as
 * one, and a replay within the window of {@code sign.replay.window}, do not reach the application.
 *
 * <p>Kafka logs exceptions of interceptors and passes the records on. So this one takes such a record out and logs an
 * error with its topic, partition and offset; the consumer goes on behind it. Other records that are not what was signed
 * are refused before, by an exception of {@link VerifyingDeserializer} or {@link VerifyingKeyDeserializer}.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public final class VerifyingInterceptor<K, V> implements ConsumerInterceptor<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(VerifyingInterceptor.class);

    private @Nullable RecordVerifier verifier;

    /** Creates an interceptor that {@link #configure} completes; for a consumer, which makes it by its class. */
    public VerifyingInterceptor() {}

    /**
     * Takes the keys of a consumer.
     *
     * @throws org.apache.kafka.common.config.ConfigException as {@link RecordVerifier}
     */
    @Override
    public void configure(Map<String, ?> configs) {
        verifier = new RecordVerifier(configs);
    }

    /** Returns the records without those that are refused. */
    @Override
    public ConsumerRecords<K, V> onConsume(ConsumerRecords<K, V> records) {
        RecordVerifier verify = Objects.requireNonNull(verifier, "not configured");
        Map<TopicPartition, List<ConsumerRecord<K, V>>> accepted = new LinkedHashMap<>();
        int count = 0;
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<K, V>> kept = new ArrayList<>();
            for (ConsumerRecord<K, V> record : records.records(partition)) {
                if (isAccepted(verify, record)) {
                    kept.add(record);
                }
            }
            if (!kept.isEmpty()) {
                accepted.put(partition, kept);
                count += kept.size();
            }
        }
        return count == records.count() ? records : with(accepted, records);
    }

    private boolean isAccepted(RecordVerifier verify, ConsumerRecord<K, V> record) {
        try {
            check(verify, record);
            return true;
        } catch (RuntimeException e) { // Kafka would log any, and pass the record on
            LOG.error(
                    "The record at {}-{}@{} is not given to the application: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e instanceof VerificationException
                            ? e.getMessage()
                            : e.getClass().getName());
            return false;
        }
    }

    private void check(RecordVerifier verify, ConsumerRecord<K, V> record) {
        boolean isTombstone = record.serializedValueSize() == ConsumerRecord.NULL_SIZE;
        if (!isTombstone && !verify.detectsReplays()) {
            return;
        }
        SignatureHeader signature = verify.signature(record.topic(), record.headers());
        if (signature == null) {
            return;
        }
        if (isTombstone && record.serializedKeySize() == ConsumerRecord.NULL_SIZE) { // no deserializer has seen it
            verify.check(signature, record.topic(), null, record.headers(), null);
        } else if (isTombstone && signature.hasValue()) { // otherwise the deserializer of keys has verified it
            throw RecordVerifier.refused(
                    record.topic(), Part.VALUE, "it was signed with a value, which was removed after that");
        }
        verify.refuseReplay(record.topic(), record.headers(), record.partition(), record.offset());
    }

    private ConsumerRecords<K, V> with(
            Map<TopicPartition, List<ConsumerRecord<K, V>>> accepted, ConsumerRecords<K, V> all) {
        try {
            return new ConsumerRecords<>(accepted, all.nextOffsets());
        } catch (NoSuchMethodError e) { // of kafka-clients before 4.0
            return withoutNextOffsets(accepted, e);
        }
    }

    /** An error, and not an exception, is what Kafka does not log and ignore. */
    @SuppressWarnings("unchecked") // the class has no other type parameters
    private ConsumerRecords<K, V> withoutNextOffsets(
            Map<TopicPartition, List<ConsumerRecord<K, V>>> accepted, NoSuchMethodError cause) {
        try {
            return ConsumerRecords.class.getConstructor(Map.class).newInstance(accepted);
        } catch (NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            cause.addSuppressed(e);
            throw cause;
        }
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}
}
