// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.records;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as JSON without loss: a text if they are UTF-8, otherwise {@code {"base64": "..."}}; null for none. Safe for
 * use by any number of threads.
 */
public final class ByteText {
    private static final String BASE64 = "base64";

    private ByteText() {}

    /** Returns bytes as JSON. */
    public static JsonNode toJson(byte @Nullable [] bytes) {
        if (bytes == null) {
            return NullNode.getInstance();
        }
        return utf8(bytes).<JsonNode>map(JsonNodeFactory.instance::textNode).orElseGet(() -> base64(bytes));
    }

    /** Returns {@code {"base64": "..."}}, whether the bytes are text or not. */
    static ObjectNode base64(byte[] bytes) {
        return JsonNodeFactory.instance
                .objectNode()
                .put(BASE64, Base64.getEncoder().encodeToString(bytes));
    }

    /** Returns the text that bytes are in UTF-8; empty if they are none. */
    public static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the bytes of a text or of {@code {"base64": "..."}}; null for JSON's null.
     *
     * @param what the part of the record, for the error
     * @throws UnfitException if the JSON is neither
     */
    public static byte @Nullable [] fromJson(JsonNode json, String what) {
        if (json.isNull()) {
            return null;
        }
        if (json.isTextual()) {
            return utf8(json.textValue(), what);
        }
        if (isBase64(json)) {
            return decoded(json, what);
        }
        throw new UnfitException(what + " is neither a text nor {\"base64\": \"...\"}");
    }

    /**
     * Returns a text in UTF-8.
     *
     * @throws UnfitException if it has half of a surrogate pair, which UTF-8 lacks
     */
    static byte[] utf8(String text, String what) {
        try {
            ByteBuffer encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new UnfitException(what + " has half of a surrogate pair, which UTF-8 lacks");
        }
    }

    /** Returns whether it is {@code {"base64": "..."}}. */
    static boolean isBase64(JsonNode json) {
        return json.isObject() && json.size() == 1 && json.path(BASE64).isTextual();
    }

    static byte[] decoded(JsonNode json, String what) {
        try {
            return Base64.getDecoder().decode(json.path(BASE64).textValue());
        } catch (IllegalArgumentException e) {
            throw new UnfitException(what + " has a base64 that is not Base64 (RFC 4648, section 4)");
        }
    }

    /** Returns JSON for a person: a text as it is, bytes as {@code base64:...}, anything else as JSON. */
    public static String shown(JsonNode json) {
        if (json.isTextual()) {
            return json.textValue();
        }
        return isBase64(json) ? BASE64 + ":" + json.path(BASE64).textValue() : json.toString();
    }
}
