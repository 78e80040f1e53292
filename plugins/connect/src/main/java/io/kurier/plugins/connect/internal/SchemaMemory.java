// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect.internal;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was made of schemas, so that no record makes it again. A schema is looked up by identity first, since comparing
 * two of them costs as much as a record. Safe for use by any number of threads.
 *
 * @param <S> schemas
 * @param <T> what is made of one
 */
public final class SchemaMemory<S, T> {
    /** Beyond that each record has a schema of its own, and keeping them would fill the heap. */
    private static final int MOST = 1_000;

    private final Function<S, T> maker;
    private final Map<S, T> bySame = new IdentityHashMap<>();
    private final Map<S, T> byEqual = new HashMap<>();

    private record Entry<S, T>(S schema, T made) {}

    /** The schema of most records is that of the record before. */
    private volatile @Nullable Entry<S, T> last;

    /** Creates an empty memory. */
    public SchemaMemory(Function<S, T> maker) {
        this.maker = maker;
    }

    /** Returns what is made of a schema. An exception of the maker is not kept. */
    public T of(S schema) {
        Entry<S, T> recent = last;
        return recent != null && recent.schema() == schema ? recent.made() : found(schema);
    }

    private synchronized T found(S schema) {
        T made = bySame.get(schema);
        if (made == null) {
            made = byEqual.get(schema);
            if (made == null) {
                made = maker.apply(schema);
            }
            if (bySame.size() >= MOST) {
                bySame.clear();
                byEqual.clear();
            }
            bySame.put(schema, made);
            byEqual.putIfAbsent(schema, made);
        }
        last = new Entry<>(schema, made);
        return made;
    }
}
