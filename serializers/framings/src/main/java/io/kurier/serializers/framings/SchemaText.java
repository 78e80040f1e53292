// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.kurier.serializers.internal.AvroText;
import io.kurier.serializers.internal.Json;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text of a schema in the forms in which schemas are compared. Which form depends on the format; a format that is
 * not known here is compared by its text as it is. Immutable.
 *
 * @param equality equal for two texts of one schema, wherever white space and the order of JSON members have no meaning
 * @param payload equal also for Avro schemas that differ only in the Java types of generated classes
 * @param parsing what decides the bytes of a payload: Avro's parsing canonical form; null for other formats
 * @param registered the text on which a registry computes a GUID; null for Protobuf, of which a descriptor is not that
 *     text
 * @param fullName the full name of an Avro schema, the title of a JSON Schema; null if there is none
 * @param file the descriptor of a Protobuf file; null for other formats
 */
record SchemaText(
        String equality,
        String payload,
        @Nullable String parsing,
        @Nullable String registered,
        @Nullable String fullName,
        @Nullable ProtoFile file) {

    static final String AVRO = "avro";
    static final String JSON = "json";
    static final String PROTOBUF = "protobuf";

    /**
     * Reads a text as {@link io.kurier.spi.PayloadSchema#text()} gives it.
     *
     * @throws IllegalArgumentException if it is not a schema of the format; the message is the end of a sentence
     */
    static SchemaText of(String format, String text) {
        return switch (format) {
            case AVRO -> avro(text);
            case JSON -> json(text);
            case PROTOBUF -> protobuf(new ProtoFile(Base64.getDecoder().decode(text)));
            default -> new SchemaText(text, text, null, text, null, null);
        };
    }

    private static SchemaText avro(String text) {
        Object tree = Json.parse(text);
        Object complete = AvroText.in(AvroText.Form.COMPLETE, tree);
        Object withoutJava = AvroText.in(AvroText.Form.WITHOUT_JAVA_PROPERTIES, tree);
        Object parsing = AvroText.in(AvroText.Form.PARSING, tree);
        return new SchemaText(
                Json.sorted(complete),
                Json.sorted(withoutJava),
                Json.compact(parsing),
                Json.compactWithDoubles(complete),
                AvroText.fullName(parsing),
                null);
    }

    private static SchemaText json(String text) {
        Object tree = Json.parse(text);
        String sorted = Json.sorted(tree);
        String title = tree instanceof Map<?, ?> members && members.get("title") instanceof String set ? set : null;
        return new SchemaText(sorted, sorted, null, Json.compact(tree), title, null);
    }

    static SchemaText protobuf(ProtoFile file) {
        String bytes = new String(file.normalForm(), ISO_8859_1);
        return new SchemaText(bytes, bytes, null, null, null, file);
    }

    /** Returns whether it is the schema of that full name, or the file of the message of that name. */
    boolean hasName(String name) {
        return file == null ? name.equals(fullName) : file.path(name) != null;
    }
}
