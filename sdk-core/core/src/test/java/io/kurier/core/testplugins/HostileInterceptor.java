// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.testplugins;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** An interceptor of Kafka's producer that fails where a test says. */
public final class HostileInterceptor implements ProducerInterceptor<byte[], byte[]> {
    /** Fails where a test says. */
    public HostileInterceptor() {
        Hostile.at("interceptor constructor");
    }

    @Override
    public void configure(Map<String, ?> configs) {
        Hostile.at("interceptor configure");
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        return record;
    }

    @Override
    public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception exception) {}

    @Override
    public void close() {
        Hostile.at("interceptor close");
    }
}
