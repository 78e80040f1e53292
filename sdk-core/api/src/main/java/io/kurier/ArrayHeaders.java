// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * An implementation of Kafka's {@link Headers} for code that has to make some, such as the test of a plugin: the
 * interface is part of Kafka's API, its implementation is internal.
 *
 * <p>Headers stay in the order in which they were added, and several may have the same name. {@link #headers(String)}
 * and {@link #toArray} return copies. An empty instance takes 16 bytes, since most records have no headers. Not safe
 * for use by more than one thread.
 */
public final class ArrayHeaders implements Headers {
    private static final Header[] NONE = {};
    private static final int USUALLY_ENOUGH = 4;

    private @Nullable List<Header> list;

    /** Makes empty headers. */
    public ArrayHeaders() {}

    /** Makes a copy of the given headers, which shares the bytes of their values. */
    public ArrayHeaders(Iterable<Header> headers) {
        headers.forEach(this::add);
    }

    /**
     * Returns a header.
     *
     * @param name the header's name
     * @param value the header's value, which is not copied, or null for a header without one
     * @throws IllegalArgumentException if the name has half of a surrogate pair
     */
    public static Header header(String name, byte @Nullable [] value) {
        return new Entry(name, value);
    }

    /** Equal to another header of this class with the same name and the same bytes, as Kafka's own is. */
    private record Entry(String key, byte @Nullable [] value) implements Header {
        Entry {
            HeaderText.whole("the name of a header", Objects.requireNonNull(key, "name"));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Entry that && key.equals(that.key) && Arrays.equals(value, that.value);
        }

        @Override
        public int hashCode() {
            return 31 * key.hashCode() + Arrays.hashCode(value);
        }

        /** Shows only the name: values may be confidential. */
        @Override
        public String toString() {
            return key;
        }
    }

    /** Adds a header at the end; other headers of its name stay. */
    @Override
    public Headers add(Header header) {
        Objects.requireNonNull(header, "header");
        if (list == null) {
            list = new ArrayList<>(USUALLY_ENOUGH);
        }
        list.add(header);
        return this;
    }

    /** Adds a header at the end; other headers of its name stay. The value may be null and is not copied. */
    @Override
    public Headers add(String key, byte @Nullable [] value) {
        return add(new Entry(key, value));
    }

    /** Removes all headers of that name. */
    @Override
    public Headers remove(String key) {
        Objects.requireNonNull(key, "key");
        if (list != null) {
            list.removeIf(header -> header.key().equals(key));
        }
        return this;
    }

    /** The header of that name that was added last, or null. */
    @Override
    public @Nullable Header lastHeader(String key) {
        Objects.requireNonNull(key, "key");
        if (list != null) {
            for (int i = list.size() - 1; i >= 0; i--) {
                if (list.get(i).key().equals(key)) {
                    return list.get(i);
                }
            }
        }
        return null;
    }

    /** All headers of that name. */
    @Override
    public Iterable<Header> headers(String key) {
        Objects.requireNonNull(key, "key");
        return list == null
                ? List.of()
                : list.stream().filter(header -> header.key().equals(key)).toList();
    }

    @Override
    public Header[] toArray() {
        return list == null ? NONE : list.toArray(NONE);
    }

    @Override
    public Iterator<Header> iterator() {
        return list == null ? Collections.emptyIterator() : list.iterator();
    }

    /** Equal to others of this class with equal headers in the same order. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ArrayHeaders that && Arrays.equals(toArray(), that.toArray());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toArray());
    }

    /** Shows only the names: values may be confidential. */
    @Override
    public String toString() {
        return Arrays.stream(toArray()).map(Header::key).collect(Collectors.joining(", ", "[", "]"));
    }
}
