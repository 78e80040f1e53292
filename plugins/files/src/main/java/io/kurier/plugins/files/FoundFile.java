// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * A file as the scan found it.
 *
 * @param place the absolute path
 * @param name the name that its source partition has: the place, or the earlier place if the file was renamed
 * @param size in bytes
 * @param modified when it was written to, by an unknown clock; comparable only with the same file's earlier value
 * @param key see {@link FileIdentity#keyOf}
 */
record FoundFile(
        Path place,
        String name,
        long size,
        FileTime modified,
        @Nullable String key) {

    static FoundFile of(Path place, String name, BasicFileAttributes attributes) {
        return new FoundFile(
                place, name, attributes.size(), attributes.lastModifiedTime(), FileIdentity.keyOf(attributes));
    }

    /** Returns the file that is at this place now. */
    FoundFile now() throws IOException {
        return of(place, name, Files.readAttributes(place, BasicFileAttributes.class));
    }

    FoundFile ofSize(long actual) {
        return new FoundFile(place, name, actual, modified, key);
    }

    /** Returns the same file with an earlier name. */
    FoundFile named(String earlier) {
        return new FoundFile(place, earlier, size, modified, key);
    }

    /** Returns whether this file was renamed and is read to its end under its earlier name. */
    boolean isRenamed() {
        return !place.toString().equals(name);
    }
}
