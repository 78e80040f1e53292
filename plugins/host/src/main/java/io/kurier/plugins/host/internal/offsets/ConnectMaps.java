// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.offsets;

import io.kurier.Printable;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Connect's rules for the maps of source partitions and offsets: flat, with the types below, and equal if their JSON is.
 * A partition with the integer 5 is that with the long 5, since a connector gets a long after a restart.
 */
public final class ConnectMaps {
    private ConnectMaps() {}

    /**
     * Returns a copy of a map in its order, with the values that Connect returns after it has stored the map: integers
     * as longs, floating-point numbers as doubles, bytes as texts in Base64.
     *
     * @param what what the map is, for the error
     * @return a map that does not change; it may have null values
     * @throws DataException if a key is no text, or a value has a type that Connect does not store
     */
    public static Map<String, Object> normalized(String what, Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new DataException(what + ": a key is " + typeOf(key) + ", and Connect takes only strings. The"
                        + " connector has to name its fields by strings.");
            }
            copy.put(name, value(what, name, value));
        });
        return Collections.unmodifiableMap(copy);
    }

    private static @Nullable Object value(String what, String name, @Nullable Object value) {
        if (value == null || value instanceof String || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Double || value instanceof Float) {
            // By way of its text, as it is in JSON: the float 1.1 becomes the double 1.1.
            double number = Double.parseDouble(value.toString());
            return Double.isFinite(number) ? (Object) number : value.toString();
        }
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return Base64.getEncoder().encodeToString(bytes);
        }
        throw new DataException(what + ", " + Printable.brief(name) + ": the value is " + typeOf(value)
                + ", and Connect takes only null, strings, booleans, numbers of Java's primitive types, and bytes. The"
                + " connector has to use one of them.");
    }

    private static String typeOf(@Nullable Object value) {
        return value == null ? "null" : "of " + value.getClass().getName();
    }
}
