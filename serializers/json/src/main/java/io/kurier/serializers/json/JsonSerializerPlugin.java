// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.serializers.internal.Framings;
import io.kurier.serializers.internal.HeaderlessSerializer;
import io.kurier.serializers.internal.ReadLimits;
import io.kurier.spi.Framing;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@code json} available in configuration. An application with its own mapper binds {@code new
 * JsonSerializerPlugin(mapper)} in place of the plugin that the {@link java.util.ServiceLoader} finds.
 */
public final class JsonSerializerPlugin implements SerializerPlugin {
    static final String NAME = "json";

    private final @Nullable ObjectMapper mapper;
    private final Framings framings;

    /** Created when a topic names the plugin: discovery alone must not cost an application Jackson's start of 0.1 s. */
    private static final class Shared {
        static final ObjectMapper MAPPER = JsonDefaults.builder().build();
    }

    /** Creates the plugin with the mapper of {@link JsonDefaults}; for {@link java.util.ServiceLoader}. */
    public JsonSerializerPlugin() {
        this(null, JsonSerializer.framings());
    }

    /** Creates the plugin with a mapper of the application, which must not be reconfigured afterwards. */
    public JsonSerializerPlugin(ObjectMapper mapper) {
        this(mapper, JsonSerializer.framings());
    }

    private JsonSerializerPlugin(@Nullable ObjectMapper mapper, Framings framings) {
        this.mapper = mapper;
        this.framings = framings;
    }

    @Override
    public SerializerPlugin withFramings(List<FramingPlugin> found) {
        return new JsonSerializerPlugin(mapper, framings.with(found));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ConfigDef configDef() {
        return JsonDeserializer.DEFAULT_LIMITS.defineIn(framings.defineIn(new ConfigDef()));
    }

    private ObjectMapper mapper() {
        return mapper == null ? Shared.MAPPER : mapper;
    }

    /**
     * Returns the serializer for the declared type.
     *
     * @throws ConfigException if Jackson already knows that it cannot write the type
     */
    @Override
    public Serializer<?> serializer(SerializerSettings settings) {
        Framing framing = framings.forWriting(settings);
        JsonSerializer<?> serializer = new JsonSerializer<>(
                settings.type(), mapper(), settings.forKey(), limits(settings), framing, settings.topic());
        return framing.addsHeaders() ? serializer : new HeaderlessSerializer<>(serializer);
    }

    /** Returns the deserializer for the declared type; for {@code JsonNode} if code declared none. */
    @Override
    public Optional<Deserializer<?>> deserializer(SerializerSettings settings) {
        Type type = settings.type() == Object.class ? JsonNode.class : settings.type();
        return Optional.of(new JsonDeserializer<>(type, mapper(), limits(settings), framings.forReading(settings)));
    }

    /** Closes the framings that were found here. */
    @Override
    public void close() {
        framings.close();
    }

    private static ReadLimits limits(SerializerSettings settings) {
        return JsonDeserializer.DEFAULT_LIMITS.with(settings.config());
    }
}
