// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import io.kurier.spi.Frame;
import io.kurier.spi.Framing;
import io.kurier.spi.FramingPlugin;
import io.kurier.spi.FramingSettings;
import io.kurier.spi.PayloadSchema;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Calls framings as formats do. */
final class Frames {
    private Frames() {}

    static Framing of(FramingPlugin plugin, String format, Map<String, ?> keys) {
        return of(plugin, format, false, keys);
    }

    static Framing of(FramingPlugin plugin, String format, boolean forKey, Map<String, ?> keys) {
        return plugin.framing(new FramingSettings(
                plugin.name(), format, "orders", forKey, new AbstractConfig(plugin.configDef(), keys, false)));
    }

    static Map<String, String> file(Folder folder) {
        return Map.of("schemas", "file", "schemas.folder", folder.path().toString());
    }

    static Framing confluent(String format, Folder folder) {
        return of(new ConfluentPlugin(), format, file(folder));
    }

    static Framing confluentHeader(String format, Folder folder) {
        return of(new ConfluentHeaderPlugin(), format, file(folder));
    }

    static String prefix(Framing framing, PayloadSchema schema) {
        return hex(framing.writer("orders", schema).prefix(null));
    }

    static String prefix(Framing framing, PayloadSchema schema, Headers headers) {
        return hex(framing.writer("orders", schema).prefix(headers));
    }

    static Frame read(Framing framing, @Nullable Headers headers, String hex, PayloadSchema... known) {
        byte[] bytes = bytes("FFFF" + hex + "FF"); // somewhere in an array
        return framing.reader(List.of(known)).read("orders", headers, bytes, 2, bytes.length - 3);
    }

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }
}
