// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.deadletters;

import io.kurier.StartException;
import io.kurier.core.internal.errors.SafeLogger;
import io.kurier.core.internal.errors.ThrowableText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends dead letters to a file, a line of JSON each. A thread of its own writes what has come meanwhile and forces it
 * to the disk once, so that many dead letters do not cost a disk's time each, and so that an interrupt of a task does
 * not close the file.
 */
final class FileDeadLetters implements DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(FileDeadLetters.class);
    private static final int NEWLINE = '\n';

    /** In bytes; a single larger line is accepted too. */
    private static final long MOST_WAITING = 8L << 20;

    /** Where no content is: on some systems others cannot read what is locked. */
    private static final long LOCKED = Long.MAX_VALUE - 1;

    private final Path file;
    private final FileChannel channel;
    private final Thread writer;

    // Guarded by this.
    private List<Line> waiting = new ArrayList<>();
    private long waitingBytes;
    private boolean closed;

    private record Line(byte[] text, CompletableFuture<Void> stored) {}

    private FileDeadLetters(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
        this.writer = new Thread(this::write, "kurier-dead-letters");
        writer.setDaemon(true);
    }

    /**
     * Opens a file, and creates it, for its owner only, if it does not exist; the folder must exist.
     *
     * @throws StartException if the file cannot be written, or another host has opened it
     */
    static FileDeadLetters open(Path file) {
        FileChannel channel = null;
        try {
            create(file);
            channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock(LOCKED, 1, false) == null) {
                throw new OverlappingFileLockException();
            }
            endLastLine(channel);
            FileDeadLetters opened = new FileDeadLetters(file, channel);
            opened.writer.start();
            return opened;
        } catch (IOException | OverlappingFileLockException e) {
            close(file, channel);
            throw new StartException(
                    DeadLetterDestinations.FILE + ": " + file + " cannot be used: "
                            + (e instanceof IOException
                                    ? ThrowableText.of(e) + ". Check the folder and its permissions."
                                    : "another host writes to it. Give each host a file of its own."),
                    e);
        }
    }

    private static void create(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.createFile(file, ownerOnly);
        } catch (FileAlreadyExistsException e) {
            return;
        }
        Path folder = file.getParent();
        if (posix && folder != null) { // so that the new name survives a crash as well
            try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
                entries.force(true);
            }
        }
    }

    /** A process that died while it wrote leaves a part of a line, and so does a full disk. */
    private static void endLastLine(FileChannel channel) throws IOException {
        long size = channel.size();
        ByteBuffer last = ByteBuffer.allocate(1);
        if (size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != NEWLINE) {
            channel.write(ByteBuffer.wrap(new byte[] {NEWLINE}), size);
        }
    }

    /** Waits while lines of more than eight million bytes wait to be written. */
    @Override
    public CompletableFuture<Void> accept(DeadLetter letter) {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        try {
            add(new Line(LetterLine.of(letter, Instant.now()), stored));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stored.completeExceptionally(new IOException("interrupted before the dead letter was written", e));
        } catch (Throwable e) { // out of memory for a large letter, or closed
            stored.completeExceptionally(e);
        }
        return stored;
    }

    private synchronized void add(Line line) throws InterruptedException {
        while (waitingBytes >= MOST_WAITING && !closed) {
            wait();
        }
        if (closed) {
            throw new IllegalStateException("the file of dead letters is closed");
        }
        waiting.add(line);
        waitingBytes += line.text().length;
        notifyAll();
    }

    private void write() {
        List<Line> lines = next();
        while (!lines.isEmpty()) {
            write(lines);
            lines = next();
        }
    }

    /** Waits for lines, and returns them; none after the close. */
    private synchronized List<Line> next() {
        while (waiting.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException e) { // no code interrupts this thread for a reason
                continue;
            }
        }
        List<Line> lines = waiting;
        waiting = new ArrayList<>();
        waitingBytes = 0;
        notifyAll();
        return lines;
    }

    private void write(List<Line> lines) {
        try {
            append(lines);
        } catch (Throwable e) {
            IOException why = new IOException(file + ": a dead letter is not stored: " + ThrowableText.of(e), e);
            lines.forEach(line -> line.stored().completeExceptionally(why));
            return;
        }
        lines.forEach(line -> line.stored().complete(null));
    }

    private void append(List<Line> lines) throws IOException {
        endLastLine(channel); // the lines before may have failed, and could not be removed
        long begin = channel.size();
        try {
            long at = begin;
            for (Line line : lines) {
                ByteBuffer text = ByteBuffer.wrap(line.text());
                while (text.hasRemaining()) {
                    at += channel.write(text, at);
                }
            }
            channel.force(false);
        } catch (Throwable e) { // the disk is full, for example
            try {
                channel.truncate(begin);
            } catch (IOException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (true) {
            try {
                writer.join();
                break;
            } catch (InterruptedException e) { // what was accepted is to be stored
                interrupted = true;
            }
        }
        close(file, channel);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Path file, @Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            SafeLogger.warn(LOG, e, "the dead letters in {} are stored, and the file cannot be closed", file);
        }
    }
}
