// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Reads the keys that a Kafka client passes to a deserializer that it made by class name. */
record ClientConfig(Map<String, ?> configs, boolean forKey) {

    Optional<Class<?>> classNamed(String name) {
        String key = keyFor(name);
        Object value = configs.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Class<?> type) {
            return Optional.of(type);
        }
        return Optional.of(load(key, value.toString().trim()));
    }

    Optional<Integer> positiveInt(String name) {
        String key = keyFor(name);
        Object value = ConfigDef.parseType(key, configs.get(key), ConfigDef.Type.INT);
        ConfigDef.Range.atLeast(1).ensureValid(key, value == null ? 1 : value);
        return Optional.ofNullable((Integer) value);
    }

    /** The key for keys or values only if it is set, else the one for both. */
    private String keyFor(String name) {
        String specific = (forKey ? "key." : "value.") + name;
        return configs.get(specific) == null ? name : specific;
    }

    private static Class<?> load(String key, String className) {
        // An application server or a plugin folder shows the application's classes through the thread's loader only.
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
            // Not an error yet: there is another loader to ask, and then load() says so.
            return null;
        }
    }
}
