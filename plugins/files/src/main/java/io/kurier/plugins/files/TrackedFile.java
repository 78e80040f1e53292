// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the task remembers of a file between scans, so that nothing is read or reported twice. */
final class TrackedFile {

    static final String PARTITION = "file";

    final String name;
    final Map<String, String> partition;
    /** How far the file was read. */
    private Position position;
    /** Identifies the file that was read; null if nothing is known, as from an offset without it. */
    private @Nullable FileIdentity identity;

    /** The file's attributes when it was read last; null before that. */
    private @Nullable FoundFile looked;
    /** The attributes of the file that has the name now. */
    private final FileSnapshot sighting;
    /** The file's attributes under its new name, if it was renamed and is still read under this one. */
    private final FileSnapshot renamed = new FileSnapshot();

    private @Nullable Path renamedTo;
    /** When a scan found the file last, in nanoseconds of {@link System#nanoTime()}. */
    private long seen;
    /** Whether to open the file again even if its attributes are unchanged. */
    private boolean again;
    /** Whether the file is left alone until the task restarts. */
    private boolean refused;

    /** The number of scans that waited for its end since the end was last reached. */
    private int awaited;

    private @Nullable String problem;
    private long records;
    private long countedFrom;
    private boolean finished;

    TrackedFile(String name, Position position, @Nullable FileIdentity identity) {
        this(name, position, identity, new FileSnapshot(), System.nanoTime());
    }

    private TrackedFile(
            String name, Position position, @Nullable FileIdentity identity, FileSnapshot sighting, long seen) {
        this.name = name;
        this.partition = partitionOf(name);
        this.position = position;
        this.identity = identity;
        this.countedFrom = position.bytes();
        this.sighting = sighting;
        this.seen = seen;
    }

    /** Returns another file under the same name, of which nothing was read. */
    TrackedFile another() {
        return new TrackedFile(name, Position.START, null, sighting, seen);
    }

    /** Returns the file under a new name. */
    TrackedFile renamed(FoundFile to) {
        TrackedFile file = new TrackedFile(to.name(), position, identity);
        file.records = records;
        file.finished = finished;
        file.countedFrom = countedFrom;
        file.problem = problem;
        return file;
    }

    static Map<String, String> partitionOf(String name) {
        return Map.of(PARTITION, name);
    }

    Position position() {
        return position;
    }

    @Nullable
    FileIdentity identity() {
        return identity;
    }

    /** Returns whether the position is one of the uncompressed data. */
    boolean isCompressed() {
        return identity != null && identity.compression() != null;
    }

    /** Returns whether nothing was read yet, so that it does not matter which file is there. */
    boolean isUnread() {
        return position.equals(Position.START);
    }

    /** Records how far which file was read. */
    void reached(Position position, @Nullable FileIdentity identity) {
        this.position = position;
        this.identity = identity;
    }

    /** Records the file's attributes. */
    void see(FoundFile found, long now, Duration quietAfter) {
        seen = now;
        (found.isRenamed() ? renamed : sighting).see(found, now, quietAfter);
    }

    /** Returns whether the file appeared to be written to no longer at the last scan; false if it has changed since. */
    boolean isQuiet(FoundFile found) {
        return (found.isRenamed() ? renamed : sighting).isQuiet(found);
    }

    /**
     * Returns whether a file with the same key and head was rewritten and is not this one under another name: it ends
     * where this one was read up to, but has changed since, and renaming a file does not change its modification time.
     */
    boolean isRewritten(FoundFile as) {
        return !isCompressed() && as.size() == position.bytes() && sighting.differsFrom(as);
    }

    /** Returns whether the file was found before, with the same attributes but for its name. */
    boolean looksLike(FoundFile other) {
        return looked != null && !sighting.differsFrom(other);
    }

    /** Records the current path of the file that had the name, and returns whether that is new. */
    boolean isNewPlace(Path place) {
        boolean isNew = !place.equals(renamedTo);
        renamedTo = place;
        return isNew;
    }

    /** Returns whether there may be something to read. */
    boolean isDue(FoundFile found) {
        return !refused && (again || !found.equals(looked));
    }

    boolean wasSeen(long now) {
        return seen == now;
    }

    boolean isForgettable(long now, long afterNanos) {
        return now - seen > afterNanos;
    }

    /** Records that the file is opened. */
    void open(FoundFile found) {
        looked = found;
        again = false;
        if (isQuiet(found)) {
            awaited = 0;
        }
    }

    void countRecord() {
        records++;
    }

    /** Records that the file is to be opened again at the next scan, whether it changes or not. */
    void openAgain() {
        again = true;
    }

    /**
     * Returns whether to wait for an end that is still being written before all is reported as read. True for two
     * scans: the second may show a change, and the next one that it was the last. A file that is written all the time
     * has no end to wait for.
     */
    boolean isAwaited() {
        awaited++;
        return awaited <= 2;
    }

    void refuse() {
        refused = true;
    }

    /** Records a problem and returns whether it is a new one. */
    boolean isNews(String problem) {
        boolean news = !problem.equals(this.problem);
        this.problem = problem;
        return news;
    }

    /**
     * Records that the file was read to its end, and returns what is new; null if nothing was read since the last time.
     */
    @Nullable
    Finished finish(long size) {
        boolean news = !finished || records > 0 || size > countedFrom;
        Finished since = new Finished(records, Math.max(0, size - countedFrom));
        finished = true;
        awaited = 0;
        records = 0;
        countedFrom = Math.max(countedFrom, size);
        problem = null;
        return news ? since : null;
    }

    /** What was read since the end was last reached. */
    record Finished(long records, long bytes) {}
}
