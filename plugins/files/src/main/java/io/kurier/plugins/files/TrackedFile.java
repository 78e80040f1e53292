// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import io.kurier.plugins.files.FolderScan.Found;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the task remembers of a file between scans, so that nothing is read, or reported, twice. */
final class TrackedFile {

    static final String PARTITION = "file";

    final String name;
    final Map<String, String> partition;
    /** How far it was read. */
    private Position position;
    /** What shows that a file is the one that was read; null if nothing is known, as from an offset without it. */
    private @Nullable FileIdentity identity;

    /** How the file looked when it was read last; null before that. */
    private @Nullable Found looked;
    /** How what has the name looks. */
    private final FileSnapshot sighting;
    /** How the file looks under its new name, if it was renamed and is still read for this one. */
    private final FileSnapshot renamed = new FileSnapshot();

    private @Nullable Path renamedTo;
    /** When the file was there last, in nanoseconds of this JVM's clock. */
    private long seen;
    /** Whether to open the file again even if it looks the same. */
    private boolean again;
    /** Whether the file is left alone until the task starts anew. */
    private boolean refused;

    /** At how many scans its end was waited for, since it was reached the last time. */
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

    /** Another file under the same name, of which nothing was read. */
    TrackedFile another() {
        return new TrackedFile(name, Position.START, null, sighting, seen);
    }

    /** The file under a new name. */
    TrackedFile renamed(Found to) {
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

    /** Whether nothing was read yet, so that it does not matter which file is there. */
    boolean isUnread() {
        return position.equals(Position.START);
    }

    /** Takes note of how far which file was read. */
    void reached(Position position, FileIdentity identity) {
        this.position = position;
        this.identity = identity;
    }

    /** Takes note of how the file looks. */
    void see(Found found, long now, Duration quietAfter) {
        seen = now;
        (found.isRenamed() ? renamed : sighting).see(found, now, quietAfter);
    }

    /** Whether the file seemed to be written to no more at the last scan; false if it looks otherwise now. */
    boolean isQuiet(Found found) {
        return (found.isRenamed() ? renamed : sighting).isQuiet(found);
    }

    /**
     * Whether a file with the same key and head was written anew and is not this one under another name: it ends where
     * this one was read up to, but has changed since, and renaming a file does not change when it was written to.
     */
    boolean isRewritten(Found as) {
        return as.size() == position.bytes() && sighting.differsFrom(as);
    }

    /** Whether a file was seen before, and looks as it did then but for its name. */
    boolean looksLike(Found other) {
        return looked != null && !sighting.differsFrom(other);
    }

    /** Takes note of where the file is that had the name, and answers whether that is new. */
    boolean isNewPlace(Path place) {
        boolean isNew = !place.equals(renamedTo);
        renamedTo = place;
        return isNew;
    }

    /** Whether there may be something to read. */
    boolean isDue(Found found) {
        return !refused && (again || !found.equals(looked));
    }

    boolean wasSeen(long now) {
        return seen == now;
    }

    boolean isForgettable(long now, long afterNanos) {
        return now - seen > afterNanos;
    }

    /** Takes note that the file is opened. */
    void open(Found found) {
        looked = found;
        again = false;
        if (isQuiet(found)) {
            awaited = 0;
        }
    }

    void countRecord() {
        records++;
    }

    /** Takes note that the file is to be opened again at the next scan, whatever happens to it. */
    void openAgain() {
        again = true;
    }

    /**
     * Whether an end that is still being written is worth waiting for before all is said to be read. It is at two scans,
     * of which the second may show a change and the next one that it was the last: a file that is written all the time
     * has no end to wait for.
     */
    boolean isAwaited() {
        awaited++;
        return awaited <= 2;
    }

    void refuse() {
        refused = true;
    }

    /** Takes note of a problem and answers whether it is a new one. */
    boolean isNews(String problem) {
        boolean news = !problem.equals(this.problem);
        this.problem = problem;
        return news;
    }

    /** Takes note that the file was read to its end; null if there was nothing new since it was the last time. */
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

    /** What was read since the end was reached the last time. */
    record Finished(long records, long bytes) {}
}
