// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import io.kurier.Printable;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;

/**
 * Moves or deletes files that were read to their ends, when all of their records have ended: stored, or left out by a
 * transformation or by {@code errors.tolerance=all}. A record that failed its task never ends, so its file stays.
 *
 * <p>The offsets need not be stored before: after a restart a file that is gone has nothing left to be read. Used by the
 * polling thread, except {@link #ended}.
 */
final class FinishedFiles {

    private static final Logger LOG = FileLog.LOG;

    private final FinishedRule rule;
    private final Path base;
    /** How many records of each file were returned and have not ended. */
    private final Map<String, AtomicLong> open = new ConcurrentHashMap<>();

    private final Map<String, Candidate> candidates = new HashMap<>();
    private final Set<String> problems = new HashSet<>();

    /**
     * A file that was read to its end.
     *
     * @param found its attributes when it was opened
     * @param since when its end was reached first, in nanoseconds of {@link System#nanoTime()}
     */
    private record Candidate(FoundFile found, long since) {}

    /**
     * Creates the record of files.
     *
     * @param base the file or folder that is read
     */
    FinishedFiles(FinishedRule rule, Path base) {
        this.rule = rule;
        this.base = base;
    }

    private boolean leavesAll() {
        return rule.action() == FinishedRule.Action.LEAVE;
    }

    /** Records that a record is about to be returned. */
    void handedOver(String file) {
        if (!leavesAll()) {
            open.computeIfAbsent(file, name -> new AtomicLong()).incrementAndGet();
        }
    }

    /** Records that a record has ended. Safe for use by any thread. */
    void ended(SourceRecord record) {
        if (!leavesAll() && record.sourcePartition().get(TrackedFile.PARTITION) instanceof String file) {
            AtomicLong count = open.get(file);
            if (count != null) {
                count.decrementAndGet();
            }
        }
    }

    /** Records that a file was read to its end. */
    void readToEnd(FoundFile found, long now) {
        if (!leavesAll() && !found.isRenamed()) {
            candidates.compute(
                    found.name(),
                    (name, known) -> known != null && known.found.equals(found) ? known : new Candidate(found, now));
        }
    }

    /** Moves or deletes the files whose time has come. */
    void remove(long now) {
        for (Iterator<Candidate> each = candidates.values().iterator(); each.hasNext(); ) {
            Candidate candidate = each.next();
            AtomicLong records = open.get(candidate.found.name());
            boolean ended = records == null || records.get() == 0;
            if (ended && now - candidate.since >= rule.after().toNanos() && isDone(candidate.found)) {
                each.remove();
                open.remove(candidate.found.name());
            }
        }
    }

    /** Returns whether there is nothing left to do with a file: it is gone, or has changed and will be read again. */
    private boolean isDone(FoundFile found) {
        String name = Printable.of(found.name());
        try {
            if (!Files.exists(found.place()) || !found.now().equals(found)) {
                return true;
            }
            Path folder = rule.folder();
            if (folder == null) {
                Files.delete(found.place());
                LOG.info("Deleted {}, which was read to its end and published", name);
            } else {
                Path target = move(found.place(), folder.resolve(relative(found.place())));
                LOG.info(
                        "Moved {}, which was read to its end and published, to {}",
                        name,
                        Printable.of(target.toString()));
            }
            return true;
        } catch (IOException e) {
            String action = rule.folder() == null ? "deleted" : "moved to " + rule.folder();
            String reason = e.getClass().getSimpleName();
            if (problems.add(reason)) {
                LOG.warn(
                        "The file {} was read to its end and published, but could not be {}: {} ({}). It is tried again at"
                                + " every scan, and further files with this problem are not reported",
                        name,
                        Printable.of(action),
                        reason,
                        Printable.of(String.valueOf(e.getMessage())));
            }
            return false;
        }
    }

    private Path relative(Path file) {
        Path name = file.getFileName();
        return file.equals(base) && name != null ? name : base.relativize(file);
    }

    /** Moves a file to a path that no file has: the given one, or one with a number behind it. */
    private static Path move(Path from, Path wanted) throws IOException {
        Path folder = wanted.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path target = wanted;
        for (int number = 1; !reserve(target); number++) {
            target = wanted.resolveSibling(wanted.getFileName() + "." + number);
        }
        try {
            replace(from, target);
            return target;
        } catch (IOException e) {
            Files.deleteIfExists(target);
            throw e;
        }
    }

    /** Creates an empty file, so that no other program takes the name; the move replaces it. */
    private static boolean reserve(Path target) throws IOException {
        try {
            Files.createFile(target);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static void replace(Path from, Path target) throws IOException {
        try {
            Files.move(from, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            // another file system: the file is copied, and deleted when the copy is whole
            Files.move(from, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
