// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static java.util.Objects.requireNonNull;

import com.google.inject.Binder;
import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Stage;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.TypeRef;
import io.kurier.broker.LocalBroker;
import java.lang.reflect.Array;
import java.lang.reflect.Executable;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Sound and hostile arguments of any type. */
final class Arguments {
    static final AtomicReference<@Nullable Path> FILE = new AtomicReference<>();
    static final AtomicReference<@Nullable LocalBroker> BROKER = new AtomicReference<>();
    static final AtomicReference<@Nullable Binder> BINDER = new AtomicReference<>();

    private Arguments() {}

    /** What makes no sense, or the least of it, by words for it. */
    static Map<String, @Nullable Object> hostile(Class<?> type) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        if (!type.isPrimitive()) {
            values.put("null", null);
        }
        if (type == String.class) {
            values.put("empty", "");
            values.put("blank", " ");
        } else if (type == int.class || type == Integer.class) {
            values.putAll(Map.of("negative", -1, "zero", 0, "huge", Integer.MAX_VALUE, "least", Integer.MIN_VALUE));
        } else if (type == long.class || type == Long.class) {
            values.putAll(Map.of("negative", -1L, "zero", 0L, "huge", Long.MAX_VALUE, "least", Long.MIN_VALUE));
        } else if (type == Duration.class) {
            values.put("negative", Duration.ofSeconds(-1));
            values.put("zero", Duration.ZERO);
            values.put("huge", Duration.ofSeconds(Long.MAX_VALUE));
            values.put("least", Duration.ofSeconds(Long.MIN_VALUE));
        } else if (type == Map.class) {
            values.put("empty", Map.of());
            values.put("with null", Collections.singletonMap("key", null));
            values.put("of null", Collections.singletonMap(null, "value"));
        } else if (type == List.class) {
            values.put("empty", List.of());
            values.put("with null", Collections.singletonList(null));
        } else if (type.isArray() && !type.getComponentType().isPrimitive()) {
            values.put("empty", Array.newInstance(type.getComponentType(), 0));
            values.put("with null", Array.newInstance(type.getComponentType(), 1));
        } else if (type == byte[].class) {
            values.put("empty", new byte[0]);
        }
        return values;
    }

    /** Sound ones, and the one given at its place. */
    static @Nullable Object[] with(@Nullable Object given, int place, Executable call) {
        Class<?>[] types = call.getParameterTypes();
        return IntStream.range(0, types.length)
                .mapToObj(i -> i == place ? given : ofCall(call, types[i]))
                .toArray();
    }

    private static Object ofCall(Executable call, Class<?> type) {
        return call.getDeclaringClass() == StartException.class && type == List.class
                ? List.of("a problem")
                : sound(type);
    }

    private static Object sound(Class<?> type) {
        Map<Class<?>, Object> known = new HashMap<>(Map.of(
                String.class,
                "one",
                Object.class,
                "k",
                int.class,
                1,
                Integer.class,
                0,
                long.class,
                1L,
                Long.class,
                1L,
                boolean.class,
                true,
                byte[].class,
                new byte[1],
                Class.class,
                String.class,
                Duration.class,
                Duration.ofSeconds(1)));
        Topic<String, String> topic = Topic.of("one", String.class, String.class);
        known.put(Topic.class, topic);
        known.put(Message.class, Message.of(topic, "k", "v"));
        known.put(TypeRef.class, TypeRef.of(String.class));
        known.put(Map.class, Map.of());
        known.put(List.class, List.of());
        known.put(UUID.class, UUID.randomUUID());
        known.put(Uuid.class, Uuid.randomUuid());
        known.put(Headers.class, new RecordHeaders());
        known.put(Deserializer.class, new ByteArrayDeserializer());
        known.put(Throwable.class, new KafkaException("sound"));
        known.put(RuntimeException.class, new KafkaException("sound"));
        known.put(KafkaException.class, new KafkaException("sound"));
        known.put(
                PublishException.class,
                new PublishException("one", Stage.SEND, Outcome.UNKNOWN, false, "sound", new KafkaException("sound")));
        Object value = known.get(type);
        if (value != null) {
            return value;
        }
        if (type == Path.class) {
            return requireNonNull(FILE.get());
        }
        if (type == LocalBroker.class) {
            return requireNonNull(BROKER.get());
        }
        if (type == Binder.class) {
            return requireNonNull(BINDER.get());
        }
        return made(type);
    }

    @SuppressWarnings("deprecation") // there is no other way to have a group's metadata without a consumer
    private static Object made(Class<?> type) {
        if (type == ConsumerGroupMetadata.class) {
            return new ConsumerGroupMetadata("group");
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type.isArray()) {
            return Array.newInstance(type.getComponentType(), 0);
        }
        if (type.isInterface()) {
            return Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null);
        }
        if (type.isRecord()) {
            try {
                Executable canonical = type.getConstructors()[0];
                return requireNonNull(Calls.call(canonical, null, with(null, -1, canonical)));
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("no sound argument of " + type);
    }
}
