// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** Makes {@code media} available in configuration. */
public final class MediaSerializerPlugin implements SerializerPlugin {
    private static final String CHUNK_BYTES = "chunk.bytes";
    private static final Set<Type> TYPES = Set.of(Object.class, Blob.class, Path.class, byte[].class);

    /** Creates the plugin; for {@link java.util.ServiceLoader}. */
    public MediaSerializerPlugin() {}

    @Override
    public String name() {
        return "media";
    }

    @Override
    public ConfigDef configDef() {
        return new ConfigDef()
                .define(
                        CHUNK_BYTES,
                        ConfigDef.Type.INT,
                        BlobChunks.DEFAULT_CHUNK_BYTES,
                        Range.between(BlobChunks.MIN_CHUNK_BYTES, BlobChunks.MAX_CHUNK_BYTES),
                        Importance.MEDIUM,
                        "How many bytes of content one record carries at most. Key and headers come on top, and Kafka"
                                + " takes 1 MiB a record by default: for more than about 1,000,000 raise"
                                + " max.record.bytes of the topic here, max.request.size of the producer and"
                                + " max.message.bytes of the topic at the broker.");
    }

    /**
     * Returns the serializer of blobs.
     *
     * @throws ConfigException if it is for keys, or the declared type is not one that it accepts
     */
    @Override
    public Serializer<?> serializer(SerializerSettings settings) {
        if (settings.forKey()) {
            throw MediaSerializer.notForKeys();
        }
        if (!TYPES.contains(settings.type())) {
            throw new ConfigException("media takes a Blob, a Path or a byte[], and the declared type is "
                    + settings.type().getTypeName());
        }
        return new MediaSerializer<>(settings.config().getInt(CHUNK_BYTES));
    }

    /** Returns the deserializer of single records; a {@link MediaReader} assembles larger blobs. */
    @Override
    public Optional<Deserializer<?>> deserializer(SerializerSettings settings) {
        return Optional.of(new MediaDeserializer());
    }
}
