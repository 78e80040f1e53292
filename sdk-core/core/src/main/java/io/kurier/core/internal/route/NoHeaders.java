// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.route;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The headers of all records whose headers are not used: most have none, and even a small object for each record has a
 * cost. Immutable.
 */
enum NoHeaders implements Headers {
    /** The only instance. */
    INSTANCE;

    private static final Header[] NONE = {};

    @Override
    public Headers add(Header header) {
        throw new IllegalStateException("headers are added to a record whose headers nobody looks at");
    }

    @Override
    public Headers add(String key, byte @Nullable [] value) {
        throw new IllegalStateException("headers are added to a record whose headers nobody looks at");
    }

    @Override
    public Headers remove(String key) {
        return this;
    }

    @Override
    public @Nullable Header lastHeader(String key) {
        return null;
    }

    @Override
    public Iterable<Header> headers(String key) {
        return List.of();
    }

    @Override
    public Header[] toArray() {
        return NONE;
    }

    @Override
    public Iterator<Header> iterator() {
        return Collections.emptyIterator();
    }
}
