// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import io.kurier.serializers.protobuf.ProtobufDeserializer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Verifies Protobuf's messages, which are read as the types of the files that were published. A message is compared by
 * its bytes: two files may declare the same name differently, and would write the same message in different orders.
 */
final class ProtobufVerifier implements Verifier {
    private final Set<Descriptor> types = ConcurrentHashMap.newKeySet();
    private @Nullable ProtobufDeserializer<DynamicMessage> deserializer;

    @Override
    public ContentHash sent(SourceRecord record) {
        DynamicMessage value = (DynamicMessage) record.value();
        types.add(value.getDescriptorForType());
        return ContentHash.of(value.getDescriptorForType().getFullName(), value.toByteArray());
    }

    @Override
    public @Nullable ContentHash read(ConsumerRecord<byte[], byte[]> record) {
        if (deserializer == null) {
            deserializer = ProtobufDeserializer.dynamic(types.toArray(new Descriptor[0]));
        }
        try {
            DynamicMessage value = deserializer.deserialize(record.topic(), record.headers(), record.value());
            return value == null
                    ? null
                    : ContentHash.of(value.getDescriptorForType().getFullName(), record.value());
        } catch (SerializationException e) {
            return null; // the ledger reports it
        }
    }
}
