// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MimeTypes;
import org.jspecify.annotations.Nullable;

/**
 * Detects the content type of bytes from their beginning and their name. Only Tika's own list of types is used:
 * detectors that happen to be on the class path could need the whole content.
 */
final class ContentTypes {
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
        Metadata hints = new Metadata();
        if (name != null) {
            hints.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
        }
        return List.TYPES.detect(new ByteArrayInputStream(head), hints).toString();
    }
}
