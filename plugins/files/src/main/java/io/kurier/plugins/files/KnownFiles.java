// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import static java.util.Objects.requireNonNull;

import io.kurier.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that a task knows, and how they relate to those of the last scan. A file that took the name of another file
 * is read from its start. The other file is read to its end first, wherever it is now in the scanned folders.
 *
 * <p>A renamed file continues under its new name if that name is read too. If it is not, the file is finished under its
 * earlier name before the file that has this name now is begun, so that the offsets of one source partition follow one
 * file and then the next. Used by the polling thread.
 */
final class KnownFiles {

    private static final Logger LOG = LoggerFactory.getLogger(KnownFiles.class);

    /**
     * How long a file that is gone is remembered: it may come back before its last offset was stored, which happens
     * every {@code offset.flush.interval.ms}, one minute by default.
     */
    private static final long FORGET_NANOS = Duration.ofMinutes(15).toNanos();

    /**
     * How many first bytes must be the same for a file with another key to count as the same one: programs that
     * synchronize folders and restore backups copy files and then rename the copies. Fewer bytes mostly distinguish two
     * different files that begin alike by accident, such as with the same line.
     */
    private static final int ALIKE_BYTES = 1024;

    /** Called with a stored offset that cannot be understood. */
    @FunctionalInterface
    interface Refusal {
        void of(TrackedFile file, String reason);
    }

    private final OffsetStorageReader offsets;
    private final boolean followsRenames;
    private final Duration quietAfter;
    private final boolean decompresses;
    private final Refusal refusal;
    private final Map<String, TrackedFile> files = new HashMap<>();
    /** The stored offsets of files that may have become the compressed ones of these names. */
    private final Map<String, Map<String, Object>> originals = new HashMap<>();

    private boolean waiting;

    KnownFiles(
            OffsetStorageReader offsets,
            boolean followsRenames,
            boolean decompresses,
            Duration quietAfter,
            Refusal refusal) {
        this.offsets = offsets;
        this.followsRenames = followsRenames;
        this.decompresses = decompresses;
        this.quietAfter = quietAfter;
        this.refusal = refusal;
    }

    @Nullable
    TrackedFile get(String name) {
        return files.get(name);
    }

    /** Returns how much of a file has not been read, in bytes, as far as that is known before it is opened. */
    long unread(FoundFile found) {
        TrackedFile file = files.get(found.name());
        return file == null ? 0 : Math.max(0, found.size() - file.position().bytes());
    }

    /** Records the result of a scan and returns the files that may have something to read. */
    List<FoundFile> due(FolderScan scan, long now) {
        load(scan.files());
        if (followsRenames) {
            rename(scan.files());
        }
        List<FoundFile> due = new ArrayList<>();
        waiting = false;
        for (FoundFile found : scan.files()) {
            TrackedFile file = files.get(found.name());
            if (file == null) {
                continue;
            }
            FoundFile earlier = isOther(file, found) ? earlier(file, found, scan) : null;
            if (earlier != null) {
                file.see(earlier, now, quietAfter);
                boolean unread = file.isDue(earlier);
                if (unread) {
                    due.add(earlier);
                }
                if (unread || found.size() == 0 || !file.isQuiet(earlier)) {
                    waiting |= found.size() > 0 && file.isAwaited();
                    continue; // the earlier file may be written to until its program opens the new one
                }
            }
            if (isOther(file, found)) {
                file = another(file);
            }
            file.see(found, now, quietAfter);
            if (file.isDue(found)) {
                due.add(found);
            }
        }
        if (followsRenames) {
            due.addAll(goneButRenamed(scan, now));
        }
        files.values().removeIf(file -> file.isForgettable(now, FORGET_NANOS));
        return due;
    }

    /** Returns whether, at the last scan, a file waited for the end of the one that had its name before. */
    boolean isWaiting() {
        return waiting;
    }

    /** Starts over with the current content of a file, since it is not the content that was read before. */
    TrackedFile beginAnew(TrackedFile file, long size) {
        LOG.info(
                "The file {} was cut or replaced: it has {} bytes, which are not those that were read up to byte {}. It is"
                        + " read from its start",
                Printable.of(file.name),
                size,
                file.position().bytes());
        return another(file);
    }

    private TrackedFile another(TrackedFile file) {
        TrackedFile another = file.another();
        files.put(file.name, another);
        return another;
    }

    /** Returns whether an open file is the one that was read before, or nothing was read before. */
    static boolean isSame(TrackedFile file, FileHead head, long size) {
        FileIdentity identity = file.identity();
        boolean reaches = head.compression() != null || size >= file.position().bytes();
        return file.isUnread() || (reaches && (identity == null || head.beginsLike(identity)));
    }

    /**
     * Looks up where to continue, for all new files at once: on a cluster each look-up reads the end of the offset
     * topic.
     */
    private void load(List<FoundFile> found) {
        Map<String, Map<String, String>> partitions = new HashMap<>();
        for (FoundFile file : found) {
            if (!files.containsKey(file.name())) {
                partitions.put(file.name(), TrackedFile.partitionOf(file.name()));
                String original = Compression.uncompressedName(file.name());
                partitions.put(original, TrackedFile.partitionOf(original));
            }
        }
        if (partitions.isEmpty()) {
            return;
        }
        Map<Map<String, String>, Map<String, Object>> stored = offsets.offsets(partitions.values());
        for (FoundFile each : found) {
            String name = each.name();
            if (files.containsKey(name)) {
                continue;
            }
            Map<String, Object> offset = stored.get(partitions.get(name));
            TrackedFile file = new TrackedFile(name, Position.START, null);
            try {
                if (offset != null) {
                    file = new TrackedFile(name, Position.ofSourceOffset(offset), FileIdentity.ofSourceOffset(offset));
                }
            } catch (DataException e) {
                refusal.of(file, e.getMessage() + " Alter or reset the connector's offset of this file");
            }
            files.put(name, file);
            Map<String, Object> ofOriginal = stored.get(partitions.get(Compression.uncompressedName(name)));
            if (offset == null && ofOriginal != null) {
                originals.put(name, ofOriginal);
            }
        }
    }

    /**
     * Returns how far a file was read before it was compressed under its name with an ending ({@code a.log} became
     * {@code a.log.gz}); the start if it was not. Null if that is not known yet: while the original is there, the file
     * may still be being compressed; if the original stays, the file is one of its own.
     *
     * @param content what is compressed in the file, at any position
     */
    @Nullable
    Position readBefore(TrackedFile file, FileInput content) throws IOException {
        String original = Compression.uncompressedName(file.name);
        if (!file.isUnread() || original.equals(file.name)) {
            return Position.START;
        }
        boolean isThere = Files.exists(Path.of(original));
        if (isThere && !content.isQuiet()) {
            return null;
        }
        Map<String, Object> stored = originals.remove(file.name);
        if (isThere) {
            return Position.START;
        }
        try {
            TrackedFile known = files.get(original);
            FileIdentity identity =
                    known != null ? known.identity() : stored == null ? null : FileIdentity.ofSourceOffset(stored);
            if (identity != null
                    && identity.compression() == null
                    && identity.headBytes() > 0
                    && FileHead.of(content, false).beginsLike(identity)) {
                Position read = known != null ? known.position() : Position.ofSourceOffset(requireNonNull(stored));
                LOG.info(
                        "The file {} is {}, which was read up to byte {}, and is read on there",
                        Printable.of(file.name),
                        Printable.of(original),
                        read.bytes());
                return read;
            }
        } catch (DataException e) {
            LOG.debug("The offset of {} is none of a file connector", Printable.of(original), e);
        }
        return Position.START;
    }

    /** Continues renamed files under their new names, if these are read; several may have swapped names in a circle. */
    private void rename(List<FoundFile> found) {
        Map<String, TrackedFile> byKey = new HashMap<>();
        for (TrackedFile file : files.values()) {
            FileIdentity identity = file.identity();
            if (!file.isUnread() && identity != null && identity.key() != null) {
                byKey.put(identity.key(), file);
            }
        }
        if (byKey.isEmpty()) {
            return;
        }
        Map<String, TrackedFile> renamed = new HashMap<>();
        for (FoundFile to : found) {
            TrackedFile there = files.get(to.name());
            TrackedFile from = to.key() == null ? null : byKey.get(to.key());
            if (from != null
                    && there != null
                    && from != there
                    && (there.isUnread() || isOther(there, to))
                    && isRenamed(from, to)) {
                LOG.info(
                        "The file {} was renamed to {} and is read on there",
                        Printable.of(from.name),
                        Printable.of(to.name()));
                renamed.putIfAbsent(from.name, from.another());
                renamed.put(to.name(), from.renamed(to));
            }
        }
        files.putAll(renamed);
    }

    /**
     * Returns whether a file under a new name is the one that had another name: key, first bytes and the other
     * attributes are the same. A key alone proves little, since file systems reuse the key of a deleted file.
     */
    private boolean isRenamed(TrackedFile from, FoundFile to) {
        FileIdentity identity = from.identity();
        if (identity == null || identity.headBytes() == 0) {
            return false;
        }
        String now = keyAt(from.name);
        if (to.key() != null && to.key().equals(now)) {
            return false; // one file with two names, both of which are read
        }
        boolean replaced = now != null;
        boolean grown = identity.compression() == null
                && identity.headBytes() >= ALIKE_BYTES
                && to.size() > from.position().bytes();
        return (replaced || grown || from.looksLike(to)) && !from.isRewritten(to) && beginsLike(to, from);
    }

    /** Returns where the file is that had this one's name before; null if it cannot be found, or is the same. */
    private @Nullable FoundFile earlier(TrackedFile file, FoundFile found, FolderScan scan) {
        FoundFile earlier = followsRenames ? renamed(file, scan) : null;
        if (earlier != null) {
            if (file.isNewPlace(earlier.place())) {
                LOG.info(
                        "Another file took the name {}. The earlier one is {} now and is read to its end first",
                        Printable.of(file.name),
                        Printable.of(earlier.place().toString()));
            }
            return earlier;
        }
        FileIdentity identity = file.identity();
        if (identity != null && identity.headBytes() >= ALIKE_BYTES && beginsLike(found, file)) {
            LOG.debug("The file {} was copied and has another key now", Printable.of(file.name));
            file.reached(file.position(), identity.withKey(found.key()));
        } else {
            LOG.warn(
                    "Another file took the name {} and is read from its start. Of the earlier one, which was read up to"
                            + " byte {}, nothing more is published under this name",
                    Printable.of(file.name),
                    file.position().bytes());
        }
        return null;
    }

    /** Returns files whose names no file has now, and which exist under other names. */
    private List<FoundFile> goneButRenamed(FolderScan scan, long now) {
        List<FoundFile> due = new ArrayList<>();
        for (TrackedFile file : files.values()) {
            if (!file.wasSeen(now) && !file.isUnread()) {
                FoundFile renamed = renamed(file, scan);
                if (renamed != null) {
                    file.see(renamed, now, quietAfter);
                    if (file.isDue(renamed)) {
                        due.add(renamed);
                    }
                }
            }
        }
        return due;
    }

    private @Nullable FoundFile renamed(TrackedFile file, FolderScan scan) {
        FileIdentity identity = file.identity();
        if (identity == null || identity.key() == null || identity.headBytes() == 0) {
            return null;
        }
        FoundFile renamed = scan.renamed(identity.key());
        return renamed != null && beginsLike(renamed, file) ? renamed.named(file.name) : null;
    }

    private static boolean isOther(TrackedFile file, FoundFile found) {
        FileIdentity identity = file.identity();
        return !file.isUnread() && identity != null && identity.isOtherThan(found.key());
    }

    private boolean beginsLike(FoundFile found, TrackedFile file) {
        if (!file.isCompressed() && found.size() < file.position().bytes()) {
            return false;
        }
        try (FileInput input = FileInput.open(found, false)) {
            return isSame(file, FileHead.of(input, decompresses), input.size());
        } catch (IOException e) {
            return false; // the next scan finds what became of it
        }
    }

    private static @Nullable String keyAt(String name) {
        try {
            return FileIdentity.keyOf(Files.readAttributes(Path.of(name), BasicFileAttributes.class));
        } catch (IOException e) {
            return null;
        }
    }
}
