// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.route;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Headers that are empty until somebody adds one. Who may add some must be given headers, most add none, and Kafka's
 * own cost 48 bytes a record. Used by one thread.
 */
class LateHeaders implements Headers {
    private static final Header[] NONE = {};

    /** Those of all records whose headers nobody looks at: most have none, and even this small object costs. */
    static final Headers NEVER = new LateHeaders() {
        @Override
        RecordHeaders make() {
            throw new IllegalStateException("headers are added to a record whose headers nobody looks at");
        }
    };

    private @Nullable RecordHeaders made;

    RecordHeaders make() {
        if (made == null) {
            made = new RecordHeaders();
        }
        return made;
    }

    @Override
    public Headers add(Header header) {
        make().add(header);
        return this;
    }

    @Override
    public Headers add(String key, byte @Nullable [] value) {
        make().add(key, value);
        return this;
    }

    @Override
    public Headers remove(String key) {
        if (made != null) {
            made.remove(key);
        }
        return this;
    }

    @Override
    public @Nullable Header lastHeader(String key) {
        return made == null ? null : made.lastHeader(key);
    }

    @Override
    public Iterable<Header> headers(String key) {
        return made == null ? List.of() : made.headers(key);
    }

    @Override
    public Header[] toArray() {
        return made == null ? NONE : made.toArray();
    }

    @Override
    public Iterator<Header> iterator() {
        return made == null ? Collections.emptyIterator() : made.iterator();
    }
}
