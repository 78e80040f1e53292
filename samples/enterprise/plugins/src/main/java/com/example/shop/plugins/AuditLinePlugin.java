// SPDX-License-Identifier: Apache-2.0
package com.example.shop.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serializer;

/** {@code audit-line}: the shop's own format, one line of three words separated by tabs. */
public final class AuditLinePlugin implements SerializerPlugin {

    @Override
    public String name() {
        return "audit-line";
    }

    @Override
    public Serializer<?> serializer(SerializerSettings settings) {
        return (Serializer<AuditEntry>) (topic, entry) -> line(entry).getBytes(UTF_8);
    }

    private static String line(AuditEntry entry) {
        if (Stream.of(entry.who(), entry.what(), entry.order()).anyMatch(word -> word.matches(".*\\s.*"))) {
            throw new IllegalArgumentException("a word of an audit entry has white space in it; leave that out");
        }
        return entry.who() + "\t" + entry.what() + "\t" + entry.order();
    }
}
