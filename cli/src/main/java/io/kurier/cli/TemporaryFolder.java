// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The only folder in which a command creates files that are not needed after its end; {@link #close} deletes them all.
 */
final class TemporaryFolder implements AutoCloseable {
    private final Path path;

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    /** Returns a new, empty folder that only this user can read. */
    static TemporaryFolder create() {
        try {
            return new TemporaryFolder(Files.createTempDirectory("kurier-"));
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "no temporary folder can be made in " + System.getProperty("java.io.tmpdir") + " (" + e
                            + "); make room there, or set another by KURIER_JAVA_OPTS=-Djava.io.tmpdir=DIR",
                    e);
        }
    }

    /** Returns the path of a folder in it, which the caller creates. */
    Path resolve(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() {
        try {
            Files.walkFileTree(path, new Deletion());
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.DIFFERS,
                    "the temporary folder " + path + " could not be deleted (" + e + "); delete it",
                    e);
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
