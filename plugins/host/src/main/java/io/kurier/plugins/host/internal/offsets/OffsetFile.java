// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.offsets;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.apache.kafka.connect.errors.DataException;

/**
 * The text of a file of source offsets: a line with the name and the version of the format, a JSON object for each
 * source partition, and a line with the checksum (CRC-32C) of all bytes before it, so that a file that is cut or was
 * changed is noticed.
 *
 * <pre>
 * kurier-source-offsets 1
 * {"connector":"web-log","partition":{"file":"/var/log/a.log"},"offset":{"position":4711}}
 * crc32c 0a1b2c3d
 * </pre>
 */
final class OffsetFile {
    private static final String FORMAT = "kurier-source-offsets";
    private static final int VERSION = 1;
    private static final String CHECKSUM = "crc32c ";
    private static final String CONNECTOR = "connector";
    private static final String PARTITION = "partition";
    private static final String OFFSET = "offset";
    private static final Pattern HEADER = Pattern.compile(FORMAT + " (\\d{1,9})");

    private OffsetFile() {}

    /** Returns the line of a source partition, with its line end. */
    static byte[] line(OffsetKey key, Map<String, Object> offset) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put(CONNECTOR, key.connector());
        line.set(PARTITION, OffsetJson.object(key.partition()));
        line.set(OFFSET, OffsetJson.object(offset));
        byte[] json = OffsetJson.bytes(line);
        byte[] ended = Arrays.copyOf(json, json.length + 1);
        ended[json.length] = '\n';
        return ended;
    }

    /** Returns the content of a file with these lines. */
    static byte[] content(Collection<byte[]> lines) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes((FORMAT + " " + VERSION + "\n").getBytes(UTF_8));
        lines.forEach(content::writeBytes);
        content.writeBytes((CHECKSUM + checksum(content.toByteArray(), content.size()) + "\n").getBytes(UTF_8));
        return content.toByteArray();
    }

    /**
     * Returns the offsets of a file, in its order.
     *
     * @throws DataException if the content is not as {@link #content} makes it; the message says why
     */
    static Map<OffsetKey, Map<String, Object>> parse(byte[] content) {
        checkHeader(content);
        int end = checkChecksum(content);
        Map<OffsetKey, Map<String, Object>> offsets = new LinkedHashMap<>();
        int number = 1;
        for (int from = lineEnd(content, 0) + 1; from < end; from = lineEnd(content, from) + 1) {
            number++;
            try {
                JsonNode line = OffsetJson.parse(Arrays.copyOfRange(content, from, lineEnd(content, from)));
                JsonNode connector = line.path(CONNECTOR);
                if (!connector.isTextual()) {
                    throw new DataException("it has no " + CONNECTOR);
                }
                offsets.put(
                        new OffsetKey(connector.textValue(), OffsetJson.map(line.path(PARTITION))),
                        OffsetJson.map(line.path(OFFSET)));
            } catch (DataException e) {
                throw new DataException("line " + number + ": " + e.getMessage(), e);
            }
        }
        return offsets;
    }

    private static void checkHeader(byte[] content) {
        int end = lineEnd(content, 0);
        Matcher header = HEADER.matcher(new String(content, 0, Math.max(end, 0), StandardCharsets.ISO_8859_1));
        if (!header.matches()) {
            throw new DataException("its first line is not \"" + FORMAT + " " + VERSION + "\", so it is no file of"
                    + " source offsets, or is damaged");
        }
        int version = Integer.parseInt(header.group(1));
        if (version != VERSION) {
            throw new DataException("its format is version " + version + ", and this version of Kurier reads " + VERSION
                    + ". Use the version of Kurier that has written it");
        }
    }

    /** Checks the checksum, and returns where its line begins. */
    private static int checkChecksum(byte[] content) {
        int from = content.length - 1;
        while (from > 0 && content[from - 1] != '\n') {
            from--;
        }
        String line = new String(content, from, content.length - from, StandardCharsets.ISO_8859_1);
        if (!line.startsWith(CHECKSUM) || !line.endsWith("\n")) {
            throw new DataException("it is cut: its last line has no checksum");
        }
        if (!line.equals(CHECKSUM + checksum(content, from) + "\n")) {
            throw new DataException("it is damaged, or was changed by hand: the checksum in its last line is not that"
                    + " of the lines before it");
        }
        return from;
    }

    /** Returns where the line ends that begins at an index; -1 if it does not end. */
    private static int lineEnd(byte[] content, int from) {
        for (int i = from; i < content.length; i++) {
            if (content[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static String checksum(byte[] content, int length) {
        CRC32C crc = new CRC32C();
        crc.update(content, 0, length);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
