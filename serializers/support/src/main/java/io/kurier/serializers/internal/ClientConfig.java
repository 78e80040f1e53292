// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a Kafka client passes to a serializer or deserializer that it made by class name. A key with the prefix
 * {@code key.} or {@code value.} is for keys or values only and takes precedence over the same key without it.
 *
 * @param configs the whole configuration of the client
 * @param forKey whether the serializer or deserializer handles keys
 */
public record ClientConfig(Map<String, ?> configs, boolean forKey) {

    /**
     * Returns the class that a key names or holds. A name is loaded by the thread's class loader first, then by this
     * class's.
     *
     * @throws ConfigException if there is no such class
     */
    public Optional<Class<?>> classNamed(String name) {
        String key = keyFor(name);
        Object value = configs.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Class<?> type) {
            return Optional.of(type);
        }
        return Optional.of(load(key, value.toString().strip()));
    }

    /**
     * Returns the number of a key; empty if it is absent.
     *
     * @throws ConfigException if it is not a whole number of at least 1
     */
    public Optional<Integer> positiveInt(String name) {
        String key = keyFor(name);
        Object value = ConfigDef.parseType(key, configs.get(key), ConfigDef.Type.INT);
        ConfigDef.Range.atLeast(1).ensureValid(key, value == null ? 1 : value);
        return Optional.ofNullable((Integer) value);
    }

    /** Returns the text of a key, without surrounding white space; empty if it is absent or blank. */
    public Optional<String> text(String name) {
        Object value = configs.get(keyFor(name));
        return Optional.ofNullable(value).map(set -> set.toString().strip()).filter(text -> !text.isEmpty());
    }

    /**
     * Returns the list of a key, whose elements are separated by commas; empty if it is absent.
     *
     * @throws ConfigException if it is neither text nor a list
     */
    public List<String> list(String name) {
        String key = keyFor(name);
        Object value = ConfigDef.parseType(key, configs.get(key), ConfigDef.Type.LIST);
        return value instanceof List<?> elements
                ? elements.stream().map(String::valueOf).toList()
                : List.of();
    }

    /**
     * Returns the keys with a prefix, by the rest of their names, and their values.
     *
     * @param prefix such as {@code avro.framing.}, without {@code key.} or {@code value.}
     */
    public Map<String, Object> withPrefix(String prefix) {
        Map<String, Object> found = new HashMap<>();
        addWithPrefix(prefix, found);
        addWithPrefix(side() + prefix, found);
        return found;
    }

    private void addWithPrefix(String prefix, Map<String, Object> found) {
        configs.forEach((key, value) -> {
            if (value != null && key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), value);
            }
        });
    }

    /**
     * Returns the time, in milliseconds, of a key of the client's own, which has no prefix.
     *
     * @throws ConfigException if it is not a whole number
     */
    public Optional<Duration> millis(String key) {
        Object value = ConfigDef.parseType(key, configs.get(key), ConfigDef.Type.LONG);
        return Optional.ofNullable((Long) value).map(Duration::ofMillis);
    }

    private String side() {
        return forKey ? "key." : "value.";
    }

    /**
     * Returns the name under which a key is set: the one for keys or values only if that is set, otherwise the one for
     * both.
     */
    public String keyFor(String name) {
        String specific = side() + name;
        return configs.get(specific) == null ? name : specific;
    }

    private static Class<?> load(String key, String className) {
        // An application server or a plugin folder exposes the application's classes through the thread's loader only.
        Class<?> type = loadFrom(Thread.currentThread().getContextClassLoader(), className);
        if (type == null) {
            type = loadFrom(ClientConfig.class.getClassLoader(), className);
        }
        if (type == null) {
            throw new ConfigException(
                    key,
                    className,
                    "there is no such class on the class path. Write its full name, with $ before a nested class");
        }
        return type;
    }

    private static @Nullable Class<?> loadFrom(@Nullable ClassLoader loader, String className) {
        try {
            return loader == null ? null : Class.forName(className, false, loader);
        } catch (ClassNotFoundException e) {
            // Not an error yet: there is another loader to try, and after that load() reports it.
            return null;
        }
    }
}
