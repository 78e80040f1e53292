// SPDX-License-Identifier: Apache-2.0
package io.kurier.opentelemetry;

import io.kurier.ArrayHeaders;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Adds a context to the headers of a message. Most messages have none, and get one. */
final class HeaderWriter {
    static final TextMapSetter<HeaderWriter> SETTER = (writer, name, value) -> {
        if (writer != null) {
            writer.set(name, value);
        }
    };

    private final List<Header> given;
    private @Nullable Header first;
    private @Nullable List<Header> all;

    HeaderWriter(List<Header> given) {
        this.given = given;
    }

    /** Sets a header in place of those of its name. */
    private void set(String name, String value) {
        Header header = ArrayHeaders.header(name, value.getBytes(StandardCharsets.UTF_8));
        if (first == null && given.isEmpty()) {
            first = header;
            return;
        }
        if (all == null) {
            all = new ArrayList<>(given);
            if (first != null) {
                all.add(first);
            }
        }
        all.removeIf(other -> other.key().equals(name));
        all.add(header);
    }

    List<Header> headers() {
        if (all != null) {
            return List.copyOf(all);
        }
        return first == null ? given : List.of(first);
    }
}
