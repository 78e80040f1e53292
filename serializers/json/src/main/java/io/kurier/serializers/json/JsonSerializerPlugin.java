// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurier.serializers.internal.FieldPath;
import io.kurier.serializers.internal.Framings;
import io.kurier.serializers.internal.HeaderlessSerializer;
import io.kurier.serializers.internal.ReadLimits;
import io.kurier.spi.FieldReader;
import io.kurier.spi.Framing;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import jakarta.inject.Inject;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@code json} available in configuration. An application with its own mapper binds {@code new
 * JsonSerializerPlugin(mapper)} in place of the plugin that the {@link java.util.ServiceLoader} finds; with Guice,
 * {@code binder.serializer(JsonSerializerPlugin.class)} takes the {@code ObjectMapper} that is bound.
 */
public final class JsonSerializerPlugin implements SerializerPlugin {
    private final @Nullable ObjectMapper mapper;
    private final Framings framings;

    /** Created when a topic names the plugin: discovery alone must not cost an application Jackson's start of 0.1 s. */
    private static final class Shared {
        static final ObjectMapper MAPPER = JsonDefaults.builder().build();
    }

    /** Creates the plugin with the mapper of {@link JsonDefaults}; for {@link java.util.ServiceLoader}. */
    public JsonSerializerPlugin() {
        this(null, JsonFormat.framings());
    }

    /**
     * Creates the plugin with a mapper of the application, which must not be reconfigured afterwards. The annotation is
     * for containers such as Guice; without them it need not be on the class path.
     */
    @Inject
    public JsonSerializerPlugin(ObjectMapper mapper) {
        this(mapper, JsonFormat.framings());
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
        return JsonFormat.NAME;
    }

    @Override
    public ConfigDef configDef() {
        ConfigDef keys = new ConfigDef()
                .define(
                        JsonFormat.SCHEMA,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.HIGH,
                        "The JSON Schema that values have to satisfy, in writing and in reading: a path, or classpath:"
                                + " and the name of a resource. It needs the library " + JsonFormat.SCHEMA_LIBRARY
                                + ". If empty, there is none.");
        return JsonFormat.LIMITS.defineIn(framings.defineIn(keys));
    }

    private ObjectMapper mapper() {
        return mapper == null ? Shared.MAPPER : mapper;
    }

    /**
     * Returns the serializer for the declared type.
     *
     * @throws ConfigException if Jackson already knows that it cannot write the type, names of classes would be written,
     *     or the schema cannot be used
     */
    @Override
    public Serializer<?> serializer(SerializerSettings settings) {
        JsonValidator validator = validator(settings);
        Framing framing = framings.forWriting(settings);
        JsonSerializer<?> serializer = new JsonSerializer<>(
                settings.type(), mapper(), settings.forKey(), limits(settings), framing, settings.topic(), validator);
        return framing.addsHeaders() ? serializer : new HeaderlessSerializer<>(serializer);
    }

    /** Returns the reader of a field, which is looked up in each value: no schema says which fields there are. */
    @Override
    public FieldReader fieldReader(SerializerSettings settings, String path) {
        return new JsonFieldReader(FieldPath.of(path), mapper(), limits(settings), framings.forPayload(settings));
    }

    /** Returns the deserializer for the declared type; for {@code JsonNode} if code declared none. */
    @Override
    public Optional<Deserializer<?>> deserializer(SerializerSettings settings) {
        Type type = settings.type() == Object.class ? JsonNode.class : settings.type();
        JsonValidator validator = validator(settings);
        return Optional.of(
                new JsonDeserializer<>(type, mapper(), limits(settings), framings.forReading(settings), validator));
    }

    /** Closes the framings that were found here. */
    @Override
    public void close() {
        framings.close();
    }

    private static ReadLimits limits(SerializerSettings settings) {
        return JsonFormat.LIMITS.with(settings.config());
    }

    private static @Nullable JsonValidator validator(SerializerSettings settings) {
        String location = settings.config().getString(JsonFormat.SCHEMA).strip();
        return location.isEmpty() ? null : JsonFormat.validator(JsonFormat.SCHEMA, location);
    }
}
