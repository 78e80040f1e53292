// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import io.kurier.TypeRef;
import io.kurier.serializers.internal.ClientConfig;
import io.kurier.serializers.internal.FrameWriters;
import io.kurier.serializers.internal.Framings;
import io.kurier.serializers.internal.NoFraming;
import io.kurier.serializers.internal.ReadLimits;
import io.kurier.spi.Framing;
import io.kurier.spi.Preparable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as JSON in UTF-8, by the type that was declared for them.
 *
 * <p>Without a declared type each value is written by its own class. That is enough unless type arguments matter: only
 * {@code new JsonSerializer<>(new TypeRef<List<Animal>>() {})} can know that the elements carry type ids.
 *
 * <p>Null stays null (a tombstone). After {@link #configure} it is safe for use by any number of threads.
 *
 * @param <T> the type of values
 */
public final class JsonSerializer<T> implements Serializer<T>, Preparable {
    /**
     * The name of the framing, which says which schema wrote a record; {@code none} if absent, or that of a plugin, whose keys
     * are set as {@code json.framing.NAME.KEY}. With the prefix {@code key.} or {@code value.} it is for keys or values only,
     * and wins.
     */
    public static final String FRAMING_CONFIG = "json.framing";

    /** The generator has a buffer of its own and passes most values on as a whole. */
    private static final int INITIAL_BYTES = 512;

    private final ObjectMapper mapper;
    private final JavaType type;
    private final boolean alwaysAsDeclared;
    private ObjectWriter asDeclared;
    private ObjectWriter byItsClass;
    private JsonFactory factory;
    private ReadLimits limits;
    private FrameWriters<Type> frames;

    /** Where a publisher will write; null if that is not known. */
    private final @Nullable String topic;

    /** Writes each value by its class, with the mapper of {@link JsonDefaults}. */
    public JsonSerializer() {
        this(JsonDefaults.builder().build());
    }

    /**
     * Writes each value by its class.
     *
     * @param mapper how to map, which must not be reconfigured any more
     */
    public JsonSerializer(ObjectMapper mapper) {
        this(Object.class, mapper, false, JsonDeserializer.DEFAULT_LIMITS, NoFraming.INSTANCE, null);
    }

    /** Writes values of the given type, with the mapper of {@link JsonDefaults}. */
    public JsonSerializer(TypeRef<T> type) {
        this(type, JsonDefaults.builder().build());
    }

    /**
     * Writes values of the given type.
     *
     * @param mapper how to map, which must not be reconfigured any more
     * @throws ConfigException if Jackson can tell already that it has no way to write the type
     */
    public JsonSerializer(TypeRef<T> type, ObjectMapper mapper) {
        this(type.type(), mapper, false, JsonDeserializer.DEFAULT_LIMITS, NoFraming.INSTANCE, null);
    }

    JsonSerializer(
            Type type,
            ObjectMapper mapper,
            boolean forKey,
            ReadLimits limits,
            Framing framing,
            @Nullable String topic) {
        this.topic = topic;
        this.mapper = mapper;
        this.frames = frames(framing);
        this.type = mapper.constructType(type);
        this.alwaysAsDeclared = needsDeclaredType(this.type, mapper);
        this.limits = limits;
        this.factory = Depth.limit(mapper.getFactory(), limits.maxDepth());
        this.asDeclared = mapper.writerFor(this.type).with(factory);
        this.byItsClass = mapper.writer().with(factory);
        if (forKey) {
            orderEntries();
        }
    }

    /**
     * Takes the limits of {@link JsonDeserializer} from a Kafka client's configuration, since what a reader with the same
     * settings refuses is not written; the framing; and whether it writes keys, whose maps it then orders.
     *
     * @throws ConfigException if a limit is not a positive number, or there is no such framing
     */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        ClientConfig config = new ClientConfig(configs, isKey);
        limits = limits.with(config);
        framings().of(config).ifPresent(framing -> frames = frames(framing));
        factory = Depth.limit(mapper.getFactory(), limits.maxDepth());
        asDeclared = asDeclared.with(factory);
        byItsClass = byItsClass.with(factory);
        if (isKey) {
            orderEntries();
        }
    }

    /**
     * The JSON text of the value.
     *
     * @throws SerializationException if Jackson cannot write it, or a reader with the same settings could not read it; it
     *     names the property and does not show the value
     */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T value) {
        return value == null ? null : bytes(topic, null, value);
    }

    /** The same; what the framing puts into headers is added to these. */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Headers headers, @Nullable T value) {
        return value == null ? null : bytes(topic, headers, value);
    }

    private byte[] bytes(String topic, @Nullable Headers headers, T value) {
        // By its declared type a subclass would lose what it adds, without a word.
        boolean plain = !alwaysAsDeclared && value.getClass() != type.getRawClass();
        byte[] prefix = frames.prefix(topic, headers, plain ? value.getClass() : type);
        try {
            return readable(plain ? byItsClass : asDeclared, prefix, value);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            JavaType written = plain ? mapper.constructType(value.getClass()) : type;
            throw JsonFailure.writing(written, e, mapper.getSerializationConfig()::introspect);
        }
    }

    private byte[] readable(ObjectWriter writer, byte[] prefix, Object value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(INITIAL_BYTES);
        out.writeBytes(prefix);
        boolean raw;
        try (ReadableGenerator generator =
                new ReadableGenerator(writer.createGenerator(out), factory.streamReadConstraints())) {
            writer.writeValue(generator, value);
            raw = generator.wroteRaw();
        }
        byte[] json = out.toByteArray();
        limits.checkSize(json.length);
        int length = json.length - prefix.length;
        if (raw || JsonScan.isNeeded(length, limits)) {
            JsonScan.check(factory, json, prefix.length, length, limits);
        }
        return json;
    }

    /** Asks for what the framing of the declared type needs; without one the first value of each class asks. */
    @Override
    public CompletionStage<?> prepare() {
        return topic == null || type.isJavaLangObject()
                ? CompletableFuture.completedFuture(null)
                : frames.prepare(topic, List.of(type));
    }

    @Override
    public void close() {
        frames.close();
    }

    private FrameWriters<Type> frames(Framing framing) {
        return new FrameWriters<>(framing, each -> new JsonSchema(mapper.constructType(each)));
    }

    static Framings framings() {
        return Framings.of(JsonSerializerPlugin.NAME, JsonSerializer.class);
    }

    /** Equal keys must be equal bytes, whatever the order in which their maps were filled. */
    private void orderEntries() {
        asDeclared = ordered(asDeclared);
        byItsClass = ordered(byItsClass);
    }

    private static ObjectWriter ordered(ObjectWriter writer) {
        return writer.with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .with(JsonNodeFeature.WRITE_PROPERTIES_SORTED);
    }

    /** Whether a value's class alone would not tell how to write it: type arguments, or type ids of its base. */
    private static boolean needsDeclaredType(JavaType type, ObjectMapper mapper) {
        if (type.isJavaLangObject()) {
            return false;
        }
        SerializerProvider serializers = mapper.getSerializerProviderInstance();
        try {
            serializers.findTypedValueSerializer(type, true, null);
            return type.isContainerType()
                    || type.containedTypeCount() > 0
                    || serializers.findTypeSerializer(type) != null;
        } catch (JsonMappingException e) {
            // No value has been seen yet, so Jackson's message can only speak of types.
            throw new ConfigException(
                    "json cannot write the type " + type.toCanonical() + ": " + e.getOriginalMessage());
        }
    }
}
