// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MimeTypes;
import org.jspecify.annotations.Nullable;

/**
 * Detects the content type of bytes from their beginning and their name. Only Tika's own list of types is used:
 * detectors that happen to be on the class path could need the whole content.
 */
final class ContentTypes {
    /**
     * What the most common pictures begin with. Tika compares the beginning with all of its patterns, which takes some
     * tenths of a millisecond. In its list these types have no other condition and no specializations that a name could
     * select, so the result is the same.
     */
    private static final Signature[] PICTURES = {
        new Signature("image/jpeg", "FFD8FF"),
        new Signature("image/png", "89504E470D0A1A0A"), // RFC 2083, section 3.1
        new Signature("image/gif", "474946383761"), // GIF87a
        new Signature("image/gif", "474946383961") // GIF89a
    };

    private record Signature(String type, byte[] bytes) {
        Signature(String type, String hex) {
            this(type, HexFormat.of().parseHex(hex));
        }

        boolean isAtStartOf(byte[] head) {
            return head.length >= bytes.length && Arrays.equals(head, 0, bytes.length, bytes, 0, bytes.length);
        }
    }

    private ContentTypes() {}

    /** Loaded once, when the first blob without a declared type is encoded. */
    private static final class List {
        static final MimeTypes TYPES = MimeTypes.getDefaultMimeTypes(MimeTypes.class.getClassLoader());
    }

    /**
     * Returns the content type; {@code application/octet-stream} if it is not detected.
     *
     * @param head the first bytes, of which Tika reads 64 KiB at most
     */
    static String detect(byte[] head, @Nullable String name) throws IOException {
        for (Signature picture : PICTURES) {
            if (picture.isAtStartOf(head)) {
                return picture.type();
            }
        }
        Metadata hints = new Metadata();
        if (name != null) {
            hints.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
        }
        return List.TYPES.detect(new ByteArrayInputStream(head), hints).toString();
    }
}
