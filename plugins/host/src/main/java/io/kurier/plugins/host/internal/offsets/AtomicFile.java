// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.offsets;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * A file that is replaced as a whole: a crash of the process or of the machine at any moment leaves the content before
 * or the content after. For one writer.
 */
final class AtomicFile {
    /** The steps of a replacement, in their order. */
    enum Step {
        /** The temporary file is created. */
        CREATE,
        /** It gets its content. */
        WRITE,
        /** Its content is forced to the disk. */
        SYNC,
        /** It takes the place of the file. */
        RENAME,
        /** The folder, with the new name, is forced to the disk. */
        SYNC_FOLDER
    }

    /** Called before each step, so that tests can let it fail. */
    interface Probe {
        /** Does nothing. */
        Probe NONE = step -> {};

        /** Called before a step. */
        void before(Step step) throws IOException;
    }

    private final Path file;
    private final Path folder;
    private final Path temporary;
    private final Probe probe;

    /** Creates nothing yet. The path is absolute, and no link. */
    AtomicFile(Path file, Probe probe) {
        this.file = file;
        this.folder = Objects.requireNonNull(file.getParent(), "the file is in a folder");
        this.temporary = folder.resolve(file.getFileName() + ".tmp");
        this.probe = probe;
    }

    /**
     * Replaces the content, or creates the file. An interrupt has no effect on it.
     *
     * @throws IOException if that failed; the file has the old content or the new one
     */
    void replace(byte[] content) throws IOException {
        boolean interrupted = Thread.interrupted(); // it would close the channels below
        try {
            replaceNow(content);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void replaceNow(byte[] content) throws IOException {
        probe.before(Step.CREATE);
        Files.deleteIfExists(temporary); // of a process that has crashed
        Files.createFile(temporary, OwnerOnly.attributes(folder));
        if (Files.exists(file)) {
            OwnerOnly.copy(file, temporary);
        }
        try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
            probe.before(Step.WRITE);
            out.write(content);
            probe.before(Step.SYNC);
            out.getFD().sync();
        }
        probe.before(Step.RENAME);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        probe.before(Step.SYNC_FOLDER);
        if (OwnerOnly.isPosix(folder)) { // elsewhere a folder cannot be opened
            try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
                opened.force(true);
            }
        }
    }
}
