// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.media;

import io.kurier.plugins.files.FileInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * What tells that a file has not been written to between two runs.
 *
 * @param size in bytes
 * @param modified the modification time, as text with all the digits that the file system has
 */
record FileVersion(long size, String modified) {

    /**
     * Returns the version of a file that is open; null if the file has changed since it was opened.
     *
     * @throws IOException if the file's attributes cannot be read
     */
    static @Nullable FileVersion of(FileInput input) throws IOException {
        if (input.hasChanged()) {
            return null;
        }
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(input.path(), BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            return null;
        }
        FileVersion version =
                new FileVersion(attributes.size(), attributes.lastModifiedTime().toString());
        return input.hasChanged() ? null : version;
    }
}
