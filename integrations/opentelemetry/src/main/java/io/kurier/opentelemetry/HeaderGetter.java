// SPDX-License-Identifier: Apache-2.0
package io.kurier.opentelemetry;

import io.opentelemetry.context.propagation.TextMapGetter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Reads a context from the headers of a message. */
enum HeaderGetter implements TextMapGetter<List<Header>> {
    INSTANCE;

    @Override
    public Iterable<String> keys(List<Header> headers) {
        return headers.stream().map(Header::key).toList();
    }

    /** Returns the last header of a name, as Kafka does. */
    @Override
    public @Nullable String get(@Nullable List<Header> headers, String name) {
        if (headers == null) {
            return null;
        }
        for (int i = headers.size() - 1; i >= 0; i--) {
            Header header = headers.get(i);
            if (header.key().equals(name)) {
                return header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
            }
        }
        return null;
    }
}
