// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Checks {@code path} before anything starts, because a connector that waits for a mistyped folder looks healthy. */
final class ExistingPath implements ConfigDef.Validator {

    @Override
    public void ensureValid(String key, @Nullable Object value) {
        if (value == null || value.toString().isBlank()) {
            throw new ConfigException(
                    key, value, "names no file and no folder. Name the one to read, or write a glob.");
        }
        Path path;
        try {
            path = FilePattern.of(value.toString()).base();
        } catch (PatternSyntaxException e) {
            throw new ConfigException(
                    key,
                    value,
                    "is no glob: " + e.getDescription() + ". Write a backslash before a wildcard that is meant as a"
                            + " letter.");
        } catch (InvalidPathException e) {
            throw new ConfigException(
                    key,
                    value,
                    "is no valid path on this machine: " + e.getReason()
                            + ". If it contains letters beyond ASCII, start the JVM in a UTF-8 locale"
                            + " (LC_ALL=C.UTF-8).");
        }
        if (!Files.exists(path)) {
            throw new ConfigException(
                    key,
                    value,
                    "does not exist or may not be looked at by this user (absolute path: " + path
                            + "). Create the file or folder before the start, or correct the path.");
        }
    }

    /** Makes a path absolute and removes {@code .} and {@code ..}, so that one file has one name in the offsets. */
    static Path absolute(String path) {
        Path absolute = Path.of(path).toAbsolutePath();
        Path normal = absolute.normalize();
        try {
            // a .. behind a symbolic link leads to another folder than the text suggests
            return Files.isSameFile(absolute, normal) ? normal : absolute;
        } catch (IOException e) {
            return absolute;
        }
    }

    @Override
    public String toString() {
        return "an existing file or folder, or a glob below an existing folder";
    }
}
