// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import io.kurier.Printable;
import io.kurier.plugins.files.FolderScan.Problem;
import io.kurier.spi.SourceReport;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Reads a task's share of files: scans, reads what is new one file after the other, waits, and scans again.
 *
 * <p>All but {@link #stop} and {@link #ended} runs in the thread that polls. A position is advanced in memory as soon as a record is in a
 * batch, so a batch is returned whatever comes after it. A refused part ends the batch, and is reported at the start of the
 * next poll, when all records before it have been returned. Only the offsets that Kafka Connect stores decide where
 * the next start begins.
 */
final class PollLoop {

    private static final Logger LOG = FileLog.LOG;

    /** Bounds the memory of a batch of large records; one more record may come on top. */
    private static final long BATCH_BYTES = 4L << 20;

    private static final int INITIAL_RECORDS = 1_000;

    /** A Connect worker calls stop() in the thread that polls (KAFKA-10792), so poll() must not wait for long. */
    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How long to wait for the outcome of records, which the worker reports when it has it. */
    private static final long PAUSE_MILLIS = 5;

    private final FileFormat.Opener opener;
    private final Rejections rejections;
    private final SourceReport report;

    private final SourceRecords records;
    private final FilePattern path;
    private final Globs globs;
    private final FileOrder order;
    private final boolean decompresses;
    private final FinishedRule finishedRule;
    private final FinishedFiles finishedFiles;
    private final TaskAssignment share;
    private final int batchRecords;
    private final Duration scanInterval;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final KnownFiles known;
    private final Deque<FoundFile> queue = new ArrayDeque<>();
    /** The size of what is to be read of the files in the queue. */
    private long queuedBytes;

    private Set<Problem> problems = Set.of();

    private volatile @Nullable OpenFile open;
    private boolean scanned;
    private long nextScan;
    /** Whether the open file waits until the records returned so far are stored. */
    private boolean paused;
    /** Whether input remains that may be complete at the next scan. */
    private boolean unfinished;
    /** Whether anything was read since the task last reported that all was read. */
    private boolean newsSinceDrained = true;

    /**
     * The file that is being read.
     *
     * @param place where it is, for messages
     */
    private record OpenFile(String place, TrackedFile file, FileInput input, FileHead head, RecordReader reader) {
        /** The size of what was read to its end. */
        long size() {
            return input.position();
        }

        long unread() {
            return input.behind(file.position().bytes());
        }

        long bytesRead() {
            return input.position() + reader.unpackedBytes();
        }
    }

    PollLoop(
            FileSourceConfig config,
            FileFormat format,
            OffsetStorageReader offsets,
            Rejections rejections,
            SourceReport report) {
        this.opener = format.opener(config);
        this.rejections = rejections;
        this.report = report;
        this.records = new SourceRecords(config);
        this.path = config.pattern();
        this.globs = config.globs();
        this.order = config.order();
        this.decompresses = config.decompresses();
        this.finishedRule = config.finished();
        this.finishedFiles = new FinishedFiles(finishedRule, path.base());
        this.share = config.share();
        this.batchRecords = config.batchRecords();
        this.scanInterval = config.scanInterval();
        this.known = new KnownFiles(offsets, format.followsRenames(), decompresses, scanInterval, this::refuse);
    }

    /** See {@link FileSourceTask#poll}. */
    @Nullable
    List<SourceRecord> poll() throws InterruptedException {
        List<SourceRecord> batch = new ArrayList<>(Math.min(batchRecords, INITIAL_RECORDS));
        long bytes = 0;
        boolean scannedNow = false;
        paused = false;
        while (!paused && !isStopped() && batch.size() < batchRecords && bytes < BATCH_BYTES) {
            if (rejections.areWaiting()) {
                if (!batch.isEmpty()) {
                    break;
                }
                newsSinceDrained = true;
                rejections.report();
            }
            OpenFile current = open;
            if (current != null) {
                long before = current.bytesRead();
                if (!readInto(batch, current)) {
                    close(current);
                }
                bytes += Math.max(0, current.bytesRead() - before);
            } else if (!queue.isEmpty()) {
                FoundFile next = queue.remove();
                queuedBytes -= known.unread(next);
                openFile(next);
            } else if (batch.isEmpty() && !scannedNow && scan()) {
                scannedNow = true;
            } else {
                break;
            }
            if (batch.isEmpty() && Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        OpenFile current = open;
        if (current != null && isStopped()) {
            close(current);
        }
        report.remaining(queuedBytes + (current == null ? 0 : current.unread()));
        if (paused) {
            if (batch.isEmpty()) {
                boolean unused = stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            }
            return batch; // not null: at an empty batch too a worker checks whether a transaction is due
        }
        return batch.isEmpty() ? null : batch;
    }

    /** See {@link FileSourceTask#commitRecord}. */
    void ended(SourceRecord record) {
        finishedFiles.ended(record);
    }

    /** See {@link FileSourceTask#stop}. */
    void stop() {
        stopped.countDown();
        OpenFile current = open;
        if (current != null) {
            closeInput(current.place, current.input);
        }
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Scans if a scan is due, after waiting for that, and returns whether it did. */
    private boolean scan() throws InterruptedException {
        if (scanned) {
            if (newsSinceDrained && !unfinished && !isStopped()) {
                newsSinceDrained = false;
                report.drained();
            }
            long wait = nextScan - System.nanoTime();
            if (stopped.await(Math.min(wait, MAX_WAIT_NANOS), TimeUnit.NANOSECONDS) || wait > MAX_WAIT_NANOS) {
                return false;
            }
        }
        FolderScan scan = FolderScan.of(path, globs, order, finishedRule.folder(), share, this::isStopped);
        for (Problem problem : scan.problems()) {
            if (!problems.contains(problem)) {
                rejections.add(problem.name(), "", problem.reason(), null);
            }
        }
        problems = scan.problems();
        long now = System.nanoTime();
        queuedBytes = 0;
        for (FoundFile due : known.due(scan, now)) {
            queue.add(due);
            queuedBytes += known.unread(due);
        }
        finishedFiles.remove(now);
        scanned = true;
        nextScan = now + scanInterval.toNanos();
        unfinished = known.isWaiting();
        return true;
    }

    private void openFile(FoundFile found) {
        TrackedFile file = known.get(found.name());
        if (file == null) {
            return;
        }
        file.open(found);
        FileInput input = null;
        try {
            input = FileInput.open(found, file.isQuiet(found));
            file.see(input.opened(), System.nanoTime(), scanInterval);
            FileHead head = FileHead.of(input, decompresses);
            if (!KnownFiles.isSame(file, head, input.size())) {
                if (found.isRenamed()) {
                    throw new IOException("it was written anew while it was to be read to its end");
                }
                file = known.beginAnew(file, input.size());
                file.open(found);
                newsSinceDrained = true;
            }
            if (head.compression() != null) {
                input = input.decompressed(head.compression());
                Position before = known.readBefore(file, input);
                if (before == null) {
                    closeInput(found.name(), input);
                    leaveForLater(file);
                    return;
                }
                file.reached(before.bytes() > 0 ? before : file.position(), file.identity());
            }
            file.reached(file.position(), head.identityAt(file.position().bytes()));
            input.seek(file.position().bytes());
            RecordReader reader = opener.open(input, file.position());
            begin(new OpenFile(found.place().toString(), file, input, head, reader));
        } catch (ClosedByInterruptException | FileInput.ReplacedException e) {
            closeInput(found.name(), input);
            leaveForLater(file);
        } catch (IOException e) {
            closeInput(found.name(), input);
            if (!isStopped()) {
                failed(found.place().toString(), file, FolderScan.reason(e));
            }
        }
    }

    private void begin(OpenFile opened) {
        open = opened;
        if (isStopped()) {
            // stop() may have run before the file was open
            close(opened);
        }
    }

    /** Takes one step in a file and returns whether there are more to take. */
    private boolean readInto(List<SourceRecord> batch, OpenFile current) {
        TrackedFile file = current.file;
        ReadResult reading;
        try {
            reading = ofWholeContent(current.reader.next(), current.input);
        } catch (ClosedByInterruptException e) {
            leaveForLater(file);
            return false;
        } catch (IOException e) {
            if (!isStopped()) {
                failed(current.place, file, FolderScan.reason(e));
            }
            return false;
        }
        if (reading instanceof ReadResult.Value record) {
            long before = file.position().bytes();
            FileIdentity identity = current.head.identityAt(record.after().bytes());
            file.reached(record.after(), identity);
            file.countRecord();
            finishedFiles.handedOver(file.name);
            batch.add(records.of(record, file, identity, current.reader, before));
            newsSinceDrained = true;
            return true;
        }
        if (reading == ReadResult.Pause.UNTIL_STORED) {
            paused = true;
            return true;
        }
        if (reading instanceof ReadResult.Rejected rejected) {
            file.reached(
                    rejected.after(), current.head.identityAt(rejected.after().bytes()));
            rejections.add(current.place, rejected.where(), rejected.reason(), rejected.content());
            return true;
        }
        if (reading instanceof ReadResult.Broken broken) {
            if (file.isNews(broken.where() + broken.reason())) {
                rejections.add(current.place, broken.where(), broken.reason(), null);
            }
        } else if (reading == ReadResult.End.UNFINISHED) {
            leaveForLater(file);
        } else {
            finished(current);
        }
        return false;
    }

    /** Returns what a reader returned, unless that is due to the end of cut or damaged compressed data. */
    private static ReadResult ofWholeContent(ReadResult reading, FileInput input) {
        String fault = input.fault();
        if (fault == null || !(reading instanceof ReadResult.End || reading instanceof ReadResult.Broken)) {
            return reading;
        }
        return input.isQuiet()
                ? new ReadResult.Broken(
                        "", fault + ". What was read before is published. Replace the file by a whole one")
                : ReadResult.End.UNFINISHED;
    }

    private void finished(OpenFile current) {
        finishedFiles.readToEnd(current.input.opened(), System.nanoTime());
        TrackedFile.Finished finished = current.file.finish(current.size());
        if (finished != null) {
            LOG.debug(
                    "Read {} records, {} bytes of {}",
                    finished.records(),
                    finished.bytes(),
                    Printable.of(current.place));
            report.finished(current.place, finished.records(), finished.bytes());
            newsSinceDrained = true;
        }
    }

    private void leaveForLater(TrackedFile file) {
        file.openAgain();
        unfinished |= file.isAwaited();
    }

    /** Handles a problem of access, which may pass by itself: retried at every scan, reported once. */
    private void failed(String place, TrackedFile file, String reason) {
        if (place.equals(file.name)) {
            file.openAgain(); // a renamed file must not keep the file that has the name now waiting
        }
        if (file.isNews(reason)) {
            rejections.add(place, "", reason, null);
        }
    }

    private void refuse(TrackedFile file, String reason) {
        file.refuse();
        rejections.add(file.name, "", reason, null);
    }

    private void close(OpenFile current) {
        open = null;
        closeInput(current.place, current.input);
    }

    private static void closeInput(String name, @Nullable FileInput input) {
        try {
            if (input != null) {
                input.close();
            }
        } catch (IOException e) {
            LOG.warn("The file {} was read but could not be closed", Printable.of(name), e);
        }
    }
}
