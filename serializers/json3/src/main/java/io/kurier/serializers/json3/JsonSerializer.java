// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import io.kurier.TypeRef;
import io.kurier.serializers.internal.ClientConfig;
import io.kurier.serializers.internal.FrameWriters;
import io.kurier.serializers.internal.NoFraming;
import io.kurier.serializers.internal.ReadLimits;
import io.kurier.serializers.internal.TextBuffer;
import io.kurier.spi.Framing;
import io.kurier.spi.Preparable;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;

/**
 * Writes values as JSON in UTF-8, by their declared type.
 *
 * <p>Without a declared type each value is written by its own class. That is enough unless type arguments matter: only
 * {@code new JsonSerializer<>(new TypeRef<List<Animal>>() {})} can know that the elements have type ids.
 *
 * <p>Null stays null (a tombstone). After {@link #configure} it is safe for use by any number of threads.
 *
 * @param <T> the type of values
 */
public final class JsonSerializer<T> implements Serializer<T>, Preparable {
    /**
     * The name of the framing, which identifies the schema that wrote a record; {@code none} if absent, or that of a
     * plugin, whose keys are set as {@code json.framing.NAME.KEY}. With the prefix {@code key.} or {@code value.} it is
     * for keys or values only, and takes precedence.
     */
    public static final String FRAMING_CONFIG = JsonFormat.FRAMING_KEY;

    /**
     * The JSON Schema that values have to satisfy: a path, or {@code classpath:} and the name of a resource; if absent,
     * none. It needs the library {@code com.networknt:json-schema-validator}, version 3. Prefixes as above.
     */
    public static final String SCHEMA_CONFIG = JsonFormat.SCHEMA_KEY;

    /** Beyond that an application makes classes as it runs, and keeping them would fill the heap. */
    private static final int KEPT_CLASSES = 1_000;

    private final ObjectMapper mapper;
    private final JavaType type;
    private final boolean alwaysAsDeclared;
    private ObjectWriter asDeclared;
    private ObjectWriter byItsClass;
    private LimitedStreams streams;
    private ReadLimits limits;
    private FrameWriters<Type> frames;

    /** Null if values are not validated. */
    private @Nullable JsonValidator validator;

    /** Classes other than the declared one that write no names of classes. */
    private final Set<Class<?>> checked = ConcurrentHashMap.newKeySet();

    /** The topic of a publisher; null if it is not known. */
    private final @Nullable String topic;

    /** Creates a serializer that writes each value by its class, with the mapper of {@link JsonDefaults}. */
    public JsonSerializer() {
        this(JsonDefaults.builder().build());
    }

    /**
     * Creates a serializer that writes each value by its class.
     *
     * @param mapper maps the values; must not be reconfigured afterwards
     * @throws ConfigException if the mapper has default typing
     */
    public JsonSerializer(ObjectMapper mapper) {
        this(Object.class, mapper, false, JsonFormat.LIMITS, NoFraming.INSTANCE, null, null);
    }

    /** Creates a serializer for values of the given type, with the mapper of {@link JsonDefaults}. */
    public JsonSerializer(TypeRef<T> type) {
        this(type, JsonDefaults.builder().build());
    }

    /**
     * Creates a serializer for values of the given type.
     *
     * @param type the type of values
     * @param mapper maps the values; must not be reconfigured afterwards
     * @throws ConfigException if Jackson already knows that it cannot write the type, or would write names of classes
     */
    public JsonSerializer(TypeRef<T> type, ObjectMapper mapper) {
        this(type.type(), mapper, false, JsonFormat.LIMITS, NoFraming.INSTANCE, null, null);
    }

    JsonSerializer(
            Type type,
            ObjectMapper mapper,
            boolean forKey,
            ReadLimits limits,
            Framing framing,
            @Nullable String topic,
            @Nullable JsonValidator validator) {
        this.topic = topic;
        this.mapper = mapper;
        this.validator = validator;
        this.frames = frames(framing);
        this.type = mapper.constructType(type);
        ClassNames.refuseWriting(mapper, this.type);
        this.alwaysAsDeclared = needsDeclaredType(this.type, mapper);
        this.limits = limits;
        this.streams = new LimitedStreams(mapper.reader(), limits.maxDepth());
        this.asDeclared = mapper.writerFor(this.type);
        this.byItsClass = mapper.writer();
        if (forKey) {
            orderEntries();
        }
    }

    /**
     * Takes from a Kafka client's configuration the limits of {@link JsonDeserializer}, since it does not write what a
     * reader with the same settings refuses, the framing, and the JSON Schema. A serializer of keys also orders the
     * entries of maps.
     *
     * @throws ConfigException if a limit is not a positive number, there is no such framing, or the schema cannot be
     *     used
     */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        ClientConfig config = new ClientConfig(configs, isKey);
        limits = limits.with(config);
        JsonFormat.validator(config).ifPresent(configured -> validator = configured);
        JsonFormat.framings().of(config).ifPresent(framing -> frames = frames(framing));
        streams = new LimitedStreams(mapper.reader(), limits.maxDepth());
        if (isKey) {
            orderEntries();
        }
    }

    /**
     * Returns the JSON text of the value; null for null.
     *
     * @throws SerializationException if Jackson cannot write it, a reader with the same settings could not read it, or
     *     it violates the schema; it names the property and does not show the value
     */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T value) {
        return value == null ? null : bytes(topic, null, value);
    }

    /**
     * Returns the JSON text of the value, and adds the headers of the framing; see {@link #serialize(String, Object)}.
     */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Headers headers, @Nullable T value) {
        return value == null ? null : bytes(topic, headers, value);
    }

    private byte[] bytes(String topic, @Nullable Headers headers, T value) {
        // Written by the declared type, a subclass would silently lose its additional properties.
        Class<?> raw = value.getClass();
        boolean plain = !alwaysAsDeclared && raw != type.getRawClass();
        if (plain && !checked.contains(raw)) {
            check(raw);
        }
        byte[] prefix = frames.prefix(topic, headers, plain ? raw : type);
        byte[] json;
        String violations = null;
        try {
            json = readable(plain ? byItsClass : asDeclared, prefix, value);
            if (validator != null) {
                violations = validator.violations(streams, json, prefix.length, json.length - prefix.length);
            }
        } catch (RuntimeException | StackOverflowError e) {
            throw JsonFailure.writing(written(plain, raw), e, Introspection.ofWriting(mapper));
        }
        if (violations != null) {
            throw JsonFailure.writing(written(plain, raw), violations);
        }
        return json;
    }

    private JavaType written(boolean plain, Class<?> raw) {
        return plain ? mapper.constructType(raw) : type;
    }

    private void check(Class<?> raw) {
        try {
            ClassNames.refuseWriting(mapper, mapper.constructType(raw));
        } catch (ConfigException e) {
            throw new SerializationException(String.valueOf(e.getMessage()));
        }
        if (checked.size() >= KEPT_CLASSES) {
            checked.clear();
        }
        checked.add(raw);
    }

    private byte[] readable(ObjectWriter writer, byte[] prefix, Object value) {
        TextBuffer out = new TextBuffer(prefix);
        boolean raw;
        try (ReadableGenerator generator =
                new ReadableGenerator(streams.generator(writer, out), streams.constraints())) {
            writer.writeValue(generator, value);
            raw = generator.wroteRaw();
        }
        byte[] json = out.toByteArray();
        limits.checkSize(json.length);
        int length = json.length - prefix.length;
        if (raw || JsonScan.isNeeded(length, limits)) {
            JsonScan.check(streams, json, prefix.length, length, limits);
        }
        return json;
    }

    /**
     * Requests what the framing of the declared type needs. Without a declared type the first value of each class
     * requests it.
     */
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
        return new FrameWriters<>(framing, each -> JsonSchema.of(mapper.constructType(each), validator));
    }

    /** Equal keys must be equal bytes, independent of the order in which their maps were filled. */
    private void orderEntries() {
        asDeclared = ordered(asDeclared);
        byItsClass = ordered(byItsClass);
    }

    private static ObjectWriter ordered(ObjectWriter writer) {
        // Unlike Jackson 2, Jackson 3 by default leaves a map in its own order if its keys cannot be compared.
        return writer.with(
                        SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS,
                        SerializationFeature.FAIL_ON_ORDER_MAP_BY_INCOMPARABLE_KEY)
                .with(JsonNodeFeature.WRITE_PROPERTIES_SORTED);
    }

    /**
     * Returns whether a value's class alone does not determine how to write it: type arguments, or type ids of its
     * base.
     */
    private static boolean needsDeclaredType(JavaType type, ObjectMapper mapper) {
        if (type.isJavaLangObject()) {
            return false;
        }
        SerializationContext serializers = mapper._serializationContext();
        try {
            serializers.findTypedValueSerializer(type, true);
            return type.isContainerType()
                    || type.containedTypeCount() > 0
                    || serializers.findTypeSerializer(type) != null;
        } catch (JacksonException e) {
            // No value has been written yet, so Jackson's message can only mention types.
            throw new ConfigException(
                    "json cannot write the type " + type.toCanonical() + ": " + e.getOriginalMessage());
        }
    }
}
