// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.media;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The key of a file's records: the same for all of them, so that they are in one partition, and the same on every
 * system.
 */
final class BlobKey {
    private BlobKey() {}

    /**
     * Returns the path of a file below the folder that is read, with {@code /} between names; the file's name if
     * {@code root} is the file itself.
     *
     * @param file {@code root}, or below it
     */
    static String of(Path root, Path file) {
        Path below = root.equals(file) ? file.getFileName() : root.relativize(file);
        return below == null
                ? ""
                : StreamSupport.stream(below.spliterator(), false)
                        .map(Path::toString)
                        .collect(Collectors.joining("/"));
    }
}
