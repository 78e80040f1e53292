// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Identifies the file in which a position was reached. A name alone does not: logs are rotated, cut and rewritten under
 * the same name. Stored with every source offset as {@code file.key} and {@code file.head}.
 *
 * @param key the file's key on its file system, such as the inode number; null if it has none, as on Windows
 * @param headBytes the number of bytes at the start of the file that the digest covers: all up to the position, at most
 *     {@link #MOST_BYTES}; of a compressed file those that were there
 * @param headDigest the digest of these bytes
 * @param compression how the file is compressed, so that positions are those of the uncompressed data; null if it is
 *     not
 */
record FileIdentity(
        @Nullable String key,
        int headBytes,
        String headDigest,
        @Nullable String compression) {
    /** Enough for the header of most formats with what makes it unique, such as the sync marker behind an Avro schema. */
    static final int MOST_BYTES = 16 * 1024;

    static final String KEY = "file.key";
    static final String HEAD = "file.head";
    static final String COMPRESSION = "file.compression";

    private static final String INODE = ",ino=";

    /**
     * Returns the identity in a source offset; null if it has none, as in offsets of earlier versions and those written
     * by hand.
     *
     * @throws DataException if the entries were not made by {@link #addTo}
     */
    static @Nullable FileIdentity ofSourceOffset(Map<String, ?> offset) {
        Object key = offset.get(KEY);
        Object head = offset.get(HEAD);
        Object compression = offset.get(COMPRESSION);
        if (key == null && head == null && compression == null) {
            return null;
        }
        if (isTextOrNull(key) && isTextOrNull(head) && isTextOrNull(compression)) {
            String[] parts = head == null ? new String[] {"0", ""} : ((String) head).split(":", 2);
            if (parts.length == 2 && parts[0].matches("[0-9]{1,5}")) {
                int bytes = Integer.parseInt(parts[0]);
                if (bytes <= MOST_BYTES) {
                    return new FileIdentity((String) key, bytes, parts[1], (String) compression);
                }
            }
        }
        throw new DataException("The source offset has a \"" + KEY + "\" or a \"" + HEAD + "\" that no file connector"
                + " writes. Leave both out to go on at \"position\" in whatever file is there.");
    }

    private static boolean isTextOrNull(@Nullable Object value) {
        return value == null || value instanceof String;
    }

    /** Returns the same with another key. */
    FileIdentity withKey(@Nullable String other) {
        return new FileIdentity(other, headBytes, headDigest, compression);
    }

    /** Adds the identity to a source offset. */
    void addTo(Map<String, Object> offset) {
        if (key != null) {
            offset.put(KEY, key);
        }
        if (headBytes > 0) {
            offset.put(HEAD, headBytes + ":" + headDigest);
        }
        if (compression != null) {
            offset.put(COMPRESSION, compression);
        }
    }

    /** Returns whether a file with this key is another file; false if either key is missing. */
    boolean isOtherThan(@Nullable String otherKey) {
        return key != null && otherKey != null && !key.equals(otherKey);
    }

    /**
     * Returns the key of a file; null if the file system has none. On a POSIX file system it is the inode number
     * without the device number, since the latter changes when a volume is mounted anew or on another worker.
     */
    static @Nullable String keyOf(BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        if (key == null) {
            return null;
        }
        String text = key.toString();
        int start = text.indexOf(INODE) + INODE.length();
        int end = start;
        while (start >= INODE.length() && end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end > start ? text.substring(start, end) : text;
    }
}
