// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import io.kurier.TypeRef;
import io.kurier.serializers.internal.ClientConfig;
import io.kurier.serializers.internal.LimitExceededException;
import io.kurier.serializers.internal.NoFraming;
import io.kurier.serializers.internal.ReadLimits;
import io.kurier.serializers.internal.Utf8;
import io.kurier.spi.FrameReader;
import io.kurier.spi.Framing;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;

/**
 * Reads JSON as values of one type, which the reader names and the JSON cannot change.
 *
 * <p>A record is one JSON text: bytes after it are an error, whatever the mapper's settings. Null stays null (a
 * tombstone), and so does the JSON {@code null}, except as a {@code JsonNode}. After {@link #configure} it is safe for
 * use by any number of threads.
 *
 * @param <T> the type of values
 */
public final class JsonDeserializer<T> implements Deserializer<T> {

    /**
     * The name of the class to read, if a Kafka client makes this class by its name; {@code JsonNode} if absent. With
     * the prefix {@code key.} or {@code value.} it is for keys or values only, and takes precedence.
     */
    public static final String TYPE_CONFIG = "json.type";

    /**
     * The name of the framing that records were written with, {@code none} if absent; see
     * {@link JsonSerializer#FRAMING_CONFIG}.
     */
    public static final String FRAMING_CONFIG = JsonFormat.FRAMING_KEY;

    /**
     * The JSON Schema that records have to satisfy, none if absent; see {@link JsonSerializer#SCHEMA_CONFIG}. Prefixes
     * as above.
     */
    public static final String SCHEMA_CONFIG = JsonFormat.SCHEMA_KEY;

    /** The largest JSON text in bytes that is read, {@link #DEFAULT_MAX_BYTES} if absent; prefixes as above. */
    public static final String MAX_BYTES_CONFIG = "json.max.bytes";

    /**
     * How many times its own size a record may take in memory as a tree, {@link ReadLimits#DEFAULT_MAX_EXPANSION} if
     * absent; one below 1 MiB counts as 1 MiB. It is an estimate, on the safe side, made before anything is mapped.
     * Prefixes as above.
     */
    public static final String MAX_EXPANSION_CONFIG = "json.max.expansion";

    /** The maximum nesting of objects and arrays, {@link #DEFAULT_MAX_DEPTH} if absent; prefixes as above. */
    public static final String MAX_DEPTH_CONFIG = "json.max.depth";

    /** 64 MiB, far above the 1 MiB that Kafka accepts by default. */
    public static final int DEFAULT_MAX_BYTES = ReadLimits.DEFAULT_MAX_BYTES;

    /** A thread with the default stack of 1 MiB maps a class that contains itself about twice as deep. */
    public static final int DEFAULT_MAX_DEPTH = JsonFormat.MAX_DEPTH;

    private final ObjectMapper mapper;
    private ObjectReader reader;
    private LimitedStreams streams;
    private JavaType type;
    private ReadLimits limits;
    private Framing framing;
    private FrameReader frames;

    /** Null if records are not validated. */
    private @Nullable JsonValidator validator;

    /** Creates a deserializer of {@code JsonNode}, unless {@link #configure} names another type. */
    public JsonDeserializer() {
        this(JsonNode.class, JsonDefaults.builder().build(), JsonFormat.LIMITS, NoFraming.INSTANCE, null);
    }

    /** Creates a deserializer of the given class, with the mapper of {@link JsonDefaults}. */
    public JsonDeserializer(Class<T> type) {
        this(type, JsonDefaults.builder().build());
    }

    /**
     * Creates a deserializer of the given class.
     *
     * @param type the class of values
     * @param mapper maps the JSON; must not be reconfigured afterwards
     * @throws ConfigException if JSON could name classes to create: the mapper has default typing, or the type or a part
     *     of it has {@code @JsonTypeInfo} with names of classes
     */
    public JsonDeserializer(Class<T> type, ObjectMapper mapper) {
        this(type, mapper, JsonFormat.LIMITS, NoFraming.INSTANCE, null);
    }

    /** Creates a deserializer of the given type, with the mapper of {@link JsonDefaults}. */
    public JsonDeserializer(TypeRef<T> type) {
        this(type, JsonDefaults.builder().build());
    }

    /**
     * Creates a deserializer of the given type.
     *
     * @param type the type of values
     * @param mapper maps the JSON; must not be reconfigured afterwards
     * @throws ConfigException if JSON could name classes to create: the mapper has default typing, or the type or a part
     *     of it has {@code @JsonTypeInfo} with names of classes
     */
    public JsonDeserializer(TypeRef<T> type, ObjectMapper mapper) {
        this(type.type(), mapper, JsonFormat.LIMITS, NoFraming.INSTANCE, null);
    }

    JsonDeserializer(
            Type type, ObjectMapper mapper, ReadLimits limits, Framing framing, @Nullable JsonValidator validator) {
        this.mapper = mapper;
        this.type = mapper.constructType(type);
        ClassNames.refuseReading(mapper, this.type);
        this.limits = limits;
        this.reader = readerOf(mapper, this.type);
        this.streams = new LimitedStreams(reader, limits.maxDepth());
        this.validator = validator;
        this.framing = framing;
        this.frames = framing.reader(List.of(JsonSchema.of(this.type, validator)));
    }

    /**
     * Takes the type, the framing, the JSON Schema and the limits from a Kafka client's configuration, if they are set.
     *
     * @throws ConfigException if there is no such class or framing, JSON could name classes to create, the schema cannot
     *     be used, or a limit is not a positive number
     */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        ClientConfig config = new ClientConfig(configs, isKey);
        config.classNamed(TYPE_CONFIG).ifPresent(configured -> type = mapper.constructType(configured));
        ClassNames.refuseReading(mapper, type);
        limits = limits.with(config);
        JsonFormat.validator(config).ifPresent(configured -> validator = configured);
        reader = readerOf(mapper, type);
        streams = new LimitedStreams(reader, limits.maxDepth());
        JsonFormat.framings().of(config).ifPresent(configured -> framing = configured);
        frames = framing.reader(List.of(JsonSchema.of(type, validator)));
    }

    /**
     * Returns the value of the JSON text; null for null.
     *
     * @throws SerializationException if it exceeds a limit, is not one JSON text, violates the schema, or does not fit
     *     the type; it names the place and does not show the JSON
     */
    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] json) {
        return json == null ? null : read(topic, null, json, 0, json.length);
    }

    /** Returns the value of the JSON text of a record with headers; see {@link #deserialize(String, byte[])}. */
    @Override
    public @Nullable T deserialize(String topic, @Nullable Headers headers, byte @Nullable [] json) {
        return json == null ? null : read(topic, headers, json, 0, json.length);
    }

    /** Returns the value of the JSON text between the buffer's position and limit, and does not change the buffer. */
    @Override
    public @Nullable T deserialize(String topic, @Nullable Headers headers, @Nullable ByteBuffer json) {
        if (json == null) {
            return null;
        }
        if (json.hasArray()) {
            return read(topic, headers, json.array(), json.arrayOffset() + json.position(), json.remaining());
        }
        refuseAbove(json.remaining());
        byte[] copy = new byte[json.remaining()];
        json.duplicate().get(copy);
        return read(topic, headers, copy, 0, copy.length);
    }

    private @Nullable T read(String topic, @Nullable Headers headers, byte[] record, int begin, int size) {
        refuseAbove(size);
        int before;
        try {
            before = Math.min(frames.read(topic, headers, record, begin, size).length(), size);
        } catch (SerializationException e) {
            throw JsonFailure.reading(type, String.valueOf(e.getMessage()));
        }
        return read(record, begin + before, size - before);
    }

    private @Nullable T read(byte[] json, int offset, int length) {
        if (streams.isJson()) {
            refuseOtherCharsets(json, offset, length);
        }
        try {
            if (JsonScan.isNeeded(length, limits)) {
                JsonScan.check(streams, json, offset, length, limits);
            }
            if (validator != null) {
                validate(validator, json, offset, length);
            }
            try (JsonParser parser = streams.parser(json, offset, length)) {
                return onlyValue(parser);
            }
        } catch (LimitExceededException e) {
            throw JsonFailure.reading(type, String.valueOf(e.getMessage()));
        } catch (JacksonException e) {
            throw JsonFailure.reading(type, e, Introspection.ofReading(mapper));
        }
    }

    /** Before the mapping, so that no object is made of what is not valid. */
    private void validate(JsonValidator validator, byte[] json, int offset, int length) {
        String violations;
        try {
            violations = validator.violations(streams, json, offset, length);
        } catch (RuntimeException | StackOverflowError e) {
            throw JsonFailure.reading(type, e, Introspection.ofReading(mapper));
        }
        if (violations != null) {
            throw JsonFailure.reading(type, violations);
        }
    }

    private @Nullable T onlyValue(JsonParser parser) {
        boolean blank;
        boolean surplus;
        T value;
        try {
            blank = parser.nextToken() == null;
            value = blank ? null : reader.readValue(parser);
            surplus = parser.nextToken() != null;
        } catch (RuntimeException | StackOverflowError e) {
            // Here, while the parser is open: a closed one no longer has its current token.
            throw JsonFailure.reading(type, e, Introspection.ofReading(mapper));
        }
        if (blank) {
            throw JsonFailure.reading(type, "there is none: the bytes are empty or blank. A tombstone is null");
        }
        if (surplus) {
            throw JsonFailure.reading(
                    type,
                    "a second JSON text begins at " + JsonFailure.describe(parser.currentTokenLocation())
                            + ". A record holds one: write the others into records of their own, or into an array");
        }
        return value;
    }

    @Override
    public void close() {
        framing.close();
    }

    private void refuseAbove(int length) {
        try {
            limits.checkSize(length);
        } catch (LimitExceededException e) {
            throw JsonFailure.reading(type, String.valueOf(e.getMessage()));
        }
    }

    private void refuseOtherCharsets(byte[] json, int offset, int length) {
        int malformed = Utf8.malformed(json, offset, length);
        if (malformed >= 0) {
            throw JsonFailure.reading(
                    type,
                    "it is not well-formed JSON in UTF-8: no character of it has the byte at index " + malformed
                            + " (of " + length + ", counted from 0)");
        }
    }

    /**
     * Disables the mapper's own check for trailing tokens, which comes first and has a message that cannot be shown.
     */
    private static ObjectReader readerOf(ObjectMapper mapper, JavaType type) {
        return mapper.readerFor(type).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }
}
