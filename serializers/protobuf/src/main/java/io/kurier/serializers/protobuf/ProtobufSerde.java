// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import org.apache.kafka.common.serialization.Serdes;

/**
 * {@link ProtobufSerializer} and {@link ProtobufDeserializer} as a serde, for Kafka Streams.
 *
 * <p>{@code configure} configures both, by their own keys; both are safe for use by any number of threads after that.
 *
 * @param <M> the type of messages
 */
public final class ProtobufSerde<M extends Message> extends Serdes.WrapperSerde<M> {

    /**
     * Creates a serde for Kafka Streams, which makes it by its name ({@code default.value.serde}) and configures it;
     * {@link ProtobufDeserializer#TYPE_CONFIG} or {@link ProtobufDeserializer#DESCRIPTOR_CONFIG} has to be set.
     */
    public ProtobufSerde() {
        super(new ProtobufSerializer<>(), new ProtobufDeserializer<>());
    }

    /**
     * Creates a serde of the messages of a generated class, which refuses others.
     *
     * @throws org.apache.kafka.common.config.ConfigException if {@code protoc} did not generate it
     */
    public ProtobufSerde(Class<M> type) {
        super(
                new ProtobufSerializer<>(GeneratedType.emptyMessage(type).getDescriptorForType()),
                new ProtobufDeserializer<>(type));
    }

    private ProtobufSerde(ProtobufSerializer<M> serializer, ProtobufDeserializer<M> deserializer) {
        super(serializer, deserializer);
    }

    /** Returns a serde of dynamic messages of one type, which refuses others. */
    public static ProtobufSerde<DynamicMessage> dynamic(Descriptor type) {
        return new ProtobufSerde<>(new ProtobufSerializer<>(type), ProtobufDeserializer.dynamic(type));
    }
}
