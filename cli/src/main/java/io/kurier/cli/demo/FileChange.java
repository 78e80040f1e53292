// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Detects changes of a file while the demo ran. */
final class FileChange {
    private FileChange() {}

    /**
     * Returns the description of the change; empty if the file is unchanged.
     *
     * @param size its original size, in bytes
     * @param start the time after which a change counts
     */
    static Optional<String> since(Path file, long size, Instant start) {
        try {
            boolean changed = Files.size(file) != size
                    || Files.getLastModifiedTime(file).toInstant().isAfter(start);
            return changed
                    ? Optional.of("it was written to while the demo ran. Run the demo again when it is complete")
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.of("it was deleted or renamed while the demo ran");
        } catch (IOException e) {
            return Optional.of("it cannot be looked at any more: " + e);
        }
    }
}
