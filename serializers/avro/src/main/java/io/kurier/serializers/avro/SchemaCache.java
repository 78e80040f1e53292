// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what belongs to schemas: by the identity of the schema's object, and by the schema's text for objects that are
 * new. Avro's own comparison of schemas traverses them and ignores documentation and aliases, which a registry does
 * not. Bounded in the number and the size of schemas, since a program can make a new schema for each record.
 *
 * <p>Safe for use by any number of threads; a lookup by identity takes no lock and allocates nothing.
 */
final class SchemaCache<V> {
    static final int KEPT_SCHEMAS = 1_000;

    /** About 16 MB of text, and some times as much in Avro's objects. */
    private static final long KEPT_CHARACTERS = 8_000_000;

    private static final int SETS = 256;
    private static final int WAYS = 4;

    private final AtomicReferenceArray<@Nullable Entry<V>> byIdentity = new AtomicReferenceArray<>(SETS * WAYS);
    private final ConcurrentMap<Text, V> byText = new ConcurrentHashMap<>();
    private final AtomicLong characters = new AtomicLong();

    private record Entry<V>(Object schema, Object variant, V value) {}

    private record Text(String text, Object variant) {}

    /**
     * Returns the value of a schema's object, or null.
     *
     * @param schema compared by identity
     * @param variant distinguishes values of one schema, compared by identity
     */
    @Nullable
    V get(Object schema, Object variant) {
        int set = set(schema);
        for (int i = set; i < set + WAYS; i++) {
            Entry<V> entry = byIdentity.get(i);
            if (entry != null && entry.schema == schema && entry.variant == variant) {
                return entry.value;
            }
        }
        return null;
    }

    /**
     * Returns the value of an equal schema, or a new one, and keeps it for the schema's object.
     *
     * @param text the schema's text
     */
    V getOrMake(Object schema, Object variant, String text, Supplier<V> maker) {
        Text key = new Text(text, variant);
        V value = byText.get(key);
        if (value == null) {
            value = maker.get();
            if (byText.size() >= KEPT_SCHEMAS || characters.get() > KEPT_CHARACTERS) {
                clear();
            }
            if (byText.put(key, value) == null) {
                characters.addAndGet(text.length());
            }
        }
        keep(schema, variant, value);
        return value;
    }

    /** The newest is first; two threads at once may lose one, which is then found by its text. */
    private void keep(Object schema, Object variant, V value) {
        int set = set(schema);
        for (int i = set + WAYS - 1; i > set; i--) {
            byIdentity.set(i, byIdentity.get(i - 1));
        }
        byIdentity.set(set, new Entry<>(schema, variant, value));
    }

    private static int set(Object schema) {
        return (System.identityHashCode(schema) & (SETS - 1)) * WAYS;
    }

    private void clear() {
        byText.clear();
        characters.set(0);
        for (int i = 0; i < byIdentity.length(); i++) {
            byIdentity.set(i, null);
        }
    }

    /** Returns the number of schemas that are kept. */
    int size() {
        return byText.size();
    }
}
