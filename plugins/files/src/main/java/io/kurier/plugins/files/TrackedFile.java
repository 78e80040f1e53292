// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import io.kurier.plugins.files.FolderScan.Found;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the task remembers of a file between scans, so that nothing is read, or reported, twice. */
final class TrackedFile {

    static final String PARTITION = "file";

    final Map<String, String> partition;
    Position position;

    /** How the file looked when it was read last; null before that. */
    private @Nullable Found looked;
    /** When the file was there last, in nanoseconds of this JVM's clock. */
    private long seen;
    /** Whether to open the file again even if it looks the same. */
    private boolean again;
    /** Whether the file is left alone until the task starts anew. */
    private boolean refused;

    /** Whether its end was waited for, since it was reached the last time. */
    private boolean awaited;

    private @Nullable String problem;
    private long records;
    private long countedFrom;
    private boolean finished;

    TrackedFile(Map<String, String> partition, Position position) {
        this.partition = partition;
        this.position = position;
        this.countedFrom = position.bytes();
    }

    static Map<String, String> partitionOf(String name) {
        return Map.of(PARTITION, name);
    }

    /** Takes note that the file is there, and answers whether there may be something to read. */
    boolean isDue(Found found, long now) {
        seen = now;
        return !refused && (again || !found.equals(looked));
    }

    boolean isForgettable(long now, long afterNanos) {
        return now - seen > afterNanos;
    }

    /** Takes note that the file is opened, and answers whether it looks as it did when it was read last. */
    boolean open(Found found) {
        boolean same = found.equals(looked);
        looked = found;
        again = false;
        return same;
    }

    void countRecord() {
        records++;
    }

    /** Takes note that the file is to be opened again at the next scan, whatever happens to it. */
    void openAgain() {
        again = true;
    }

    /**
     * Whether an end that is still being written is worth waiting for before all is said to be read. It is once: a file
     * that is written all the time has no end to wait for.
     */
    boolean isAwaited() {
        boolean first = !awaited;
        awaited = true;
        return first;
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
        awaited = false;
        records = 0;
        countedFrom = Math.max(countedFrom, size);
        problem = null;
        return news ? since : null;
    }

    /** What was read since the end was reached the last time. */
    record Finished(long records, long bytes) {}
}
