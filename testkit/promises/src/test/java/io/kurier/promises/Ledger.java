// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The file in which a publishing process records what it intends and the outcomes that were reported to it. It outlives
 * the process, however that ends; {@link Oracle} compares the records in the topics with it.
 *
 * <p>Each incarnation of a process writes a file of its own and only appends to it. A line begins with the CRC-32 of
 * its rest, so that a last line that a kill has truncated is recognized; it is no entry. A line that was written has
 * left the process, and survives its kill; {@link #force()} makes it survive a crash of the machine too. Safe for use
 * by any number of threads.
 */
final class Ledger implements AutoCloseable {
    private static final int CRC_DIGITS = 8;
    private static final String SUFFIX = ".ledger";

    // not a FileChannel alone: an interrupt of a writing thread would close it for all threads
    private final FileOutputStream file;

    private Ledger(FileOutputStream file) {
        this.file = file;
    }

    /**
     * Begins the file of an incarnation.
     *
     * @param incarnation counts the processes that write into the directory
     */
    static Ledger begin(Path directory, int incarnation) throws IOException {
        Path path = directory.resolve(String.format("%05d%s", incarnation, SUFFIX));
        Files.createFile(path);
        return new Ledger(new FileOutputStream(path.toFile(), true));
    }

    /** Writes one entry. */
    void write(Entry entry) {
        append(line(entry));
    }

    /** Writes entries, and waits until they are on disk. */
    void writeDurably(List<? extends Entry> entries) {
        StringBuilder lines = new StringBuilder();
        entries.forEach(entry -> lines.append(line(entry)));
        append(lines.toString());
        force();
    }

    /** Waits until everything that was written is on disk. */
    void force() {
        try {
            file.getChannel().force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void append(String lines) {
        try {
            file.write(lines.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /**
     * Reads the entries of all incarnations, in their order.
     *
     * @throws IllegalStateException if a line is damaged that is not the last one of its file
     */
    static void readAll(Path directory, Consumer<Entry> reader) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList()) {
                read(file, reader);
            }
        }
    }

    private static void read(Path file, Consumer<Entry> reader) throws IOException {
        String damaged = null;
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            for (String line : (Iterable<String>) lines::iterator) {
                if (damaged != null) {
                    throw new IllegalStateException(file + " is damaged in its middle: " + damaged);
                } else if (isWhole(line)) {
                    reader.accept(EntryText.parse(line.substring(CRC_DIGITS + 1)));
                } else {
                    damaged = line;
                }
            }
        }
    }

    private static String line(Entry entry) {
        String text = EntryText.of(entry);
        return crc(text) + " " + text + "\n";
    }

    private static boolean isWhole(String line) {
        return line.length() > CRC_DIGITS
                && line.charAt(CRC_DIGITS) == ' '
                && line.substring(0, CRC_DIGITS).equals(crc(line.substring(CRC_DIGITS + 1)));
    }

    private static String crc(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }
}
