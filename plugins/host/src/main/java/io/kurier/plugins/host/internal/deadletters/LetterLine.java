// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.deadletters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Writes a dead letter as one line of JSON. */
final class LetterLine {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BASE64 = ".base64";

    private LetterLine() {}

    /** Returns the line, with its line end, in UTF-8. */
    static byte[] of(DeadLetter letter, Instant time) {
        ObjectNode line = JSON.createObjectNode();
        line.put("time", time.toString());
        LetterHeaders.words(letter).forEach(line::put);
        line.put("source", letter.source());
        line.put("position", letter.position());
        put(line, "key", letter.key());
        put(line, "value", letter.value());
        ArrayNode headers = line.putArray("headers");
        for (Header header : letter.headers()) {
            put(headers.addObject().put("name", header.key()), "value", header.value());
        }
        try {
            byte[] text = JSON.writeValueAsBytes(line);
            byte[] ended = Arrays.copyOf(text, text.length + 1);
            ended[text.length] = '\n';
            return ended;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("text cannot be written as JSON", e);
        }
    }

    /** Puts text if the bytes are UTF-8, else Base64, and then the field's name ends with {@code .base64}. */
    private static void put(ObjectNode to, String name, byte @Nullable [] bytes) {
        if (bytes == null) {
            to.putNull(name);
            return;
        }
        try {
            to.put(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException e) {
            to.put(name + BASE64, Base64.getEncoder().encodeToString(bytes));
        }
    }
}
