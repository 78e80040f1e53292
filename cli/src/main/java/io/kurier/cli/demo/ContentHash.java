// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Half of a SHA-256 over a value, the same for equal values of any representation: the numbers of JSON are compared by
 * value, its fields by name.
 *
 * @param high the first eight bytes
 * @param low the second eight bytes
 */
record ContentHash(long high, long low) {
    private static final ObjectMapper TREES = new ObjectMapper();

    static ContentHash of(@Nullable Object value) {
        MessageDigest digest = sha256();
        if (value instanceof CharSequence text) {
            add(digest, 't', text.toString());
        } else {
            add(digest, TREES.<JsonNode>valueToTree(value));
        }
        return half(digest);
    }

    /** Returns the hash of a value that is given by a name and bytes. */
    static ContentHash of(String name, byte[] bytes) {
        MessageDigest digest = sha256();
        add(digest, 'b', name);
        digest.update(bytes);
        return half(digest);
    }

    private static void add(MessageDigest digest, JsonNode node) {
        if (node.isObject()) {
            Map<String, JsonNode> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            add(digest, '{', Integer.toString(fields.size()));
            fields.forEach((name, child) -> {
                add(digest, 'f', name);
                add(digest, child);
            });
        } else if (node.isArray()) {
            add(digest, '[', Integer.toString(node.size()));
            for (Iterator<JsonNode> children = node.elements(); children.hasNext(); ) {
                add(digest, children.next());
            }
        } else if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            add(
                    digest,
                    'n',
                    number.signum() == 0 ? "0" : number.stripTrailingZeros().toString());
        } else {
            add(digest, node.isTextual() ? 't' : 'v', node.asText());
        }
    }

    /** Adds kind, length and text, so that no two structures have the same bytes. */
    private static void add(MessageDigest digest, char kind, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(
                ByteBuffer.allocate(5).put((byte) kind).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static ContentHash half(MessageDigest digest) {
        ByteBuffer sum = ByteBuffer.wrap(digest.digest());
        return new ContentHash(sum.getLong(), sum.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
