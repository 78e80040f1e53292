// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import io.kurier.plugins.files.FolderScan.Found;
import io.kurier.plugins.files.FolderScan.Problem;
import io.kurier.spi.SourceReport;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a task's share of files: scans, reads what is new one file after the other, waits, and scans again.
 *
 * <p>All but {@link #stop} runs in the thread that polls. A position is advanced in memory as soon as a record is in a
 * batch, so a batch is handed over whatever comes after it; only what Kafka Connect stores decides where the next
 * start begins.
 */
final class PollLoop {

    private static final Logger LOG = LoggerFactory.getLogger(FileSourceTask.class);

    /** Bounds the memory of a batch of large records; one more record may come on top. */
    private static final long BATCH_BYTES = 4L << 20;

    /** A Connect worker calls stop() in the thread that polls (KAFKA-10792), so poll() must not wait for long. */
    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How long to wait for the outcome of records that the worker tells when it has it. */
    private static final long PAUSE_MILLIS = 5;

    /**
     * A file that is gone is remembered for a while: it may come back before its last offset was stored, which happens
     * every {@code offset.flush.interval.ms}, one minute by default.
     */
    private static final long FORGET_NANOS = Duration.ofMinutes(15).toNanos();

    private final FileFormat.Opener opener;
    private final SourceTaskContext context;
    private final Rejections rejections;
    private final SourceReport report;

    private final String topic;
    private final Path path;
    private final Globs globs;
    private final Share share;
    private final int batchRecords;
    private final Duration scanInterval;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Map<String, TrackedFile> known = new HashMap<>();
    private final Deque<Found> queue = new ArrayDeque<>();
    private Set<Problem> problems = Set.of();

    private volatile @Nullable OpenFile open;
    private boolean scanned;
    private long nextScan;
    /** Whether the open file waits until records are stored that were handed over. */
    private boolean paused;
    /** Whether something is left that may be whole at the next scan. */
    private boolean unfinished;
    /** Whether anything was read since it was told that all was read. */
    private boolean newsSinceDrained = true;

    private record OpenFile(String name, TrackedFile file, FileInput input, RecordReader reader) {
        long bytesRead() {
            return input.position() + reader.unpackedBytes();
        }
    }

    PollLoop(
            FileSourceConfig config,
            FileFormat.Opener opener,
            SourceTaskContext context,
            Rejections rejections,
            SourceReport report) {
        this.opener = opener;
        this.context = context;
        this.rejections = rejections;
        this.report = report;
        this.topic = config.topic();
        this.path = config.path();
        this.globs = config.globs();
        this.share = config.share();
        this.batchRecords = config.batchRecords();
        this.scanInterval = config.scanInterval();
    }

    /** See {@link FileSourceTask#poll}. */
    @Nullable
    List<SourceRecord> poll() throws InterruptedException {
        List<SourceRecord> batch = new ArrayList<>();
        long bytes = 0;
        boolean scannedNow = false;
        paused = false;
        while (!paused && !isStopped() && batch.size() < batchRecords && bytes < BATCH_BYTES) {
            OpenFile current = open;
            if (current != null) {
                long before = current.bytesRead();
                if (!readInto(batch, current)) {
                    close(current);
                }
                bytes += Math.max(0, current.bytesRead() - before);
            } else if (!queue.isEmpty()) {
                openFile(queue.remove());
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
        if (paused) {
            if (batch.isEmpty()) {
                boolean unused = stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            }
            return batch; // not null: at an empty batch too a worker looks whether a transaction is due
        }
        return batch.isEmpty() ? null : batch;
    }

    /** See {@link FileSourceTask#stop}. */
    void stop() {
        stopped.countDown();
        OpenFile current = open;
        if (current != null) {
            closeInput(current.name, current.input);
        }
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Scans if it is time to, after waiting for that, and answers whether it did. */
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
        FolderScan scan = FolderScan.of(path, globs, share, this::isStopped);
        for (Problem problem : scan.problems()) {
            if (!problems.contains(problem)) {
                rejections.rejected(problem.name(), "", problem.reason());
                newsSinceDrained = true;
            }
        }
        problems = scan.problems();
        long now = System.nanoTime();
        loadOffsets(scan.files());
        for (Found found : scan.files()) {
            TrackedFile file = known.get(found.name());
            if (file != null && file.isDue(found, now)) {
                queue.add(found);
            }
        }
        known.values().removeIf(file -> file.isForgettable(now, FORGET_NANOS));
        scanned = true;
        nextScan = now + scanInterval.toNanos();
        unfinished = false;
        return true;
    }

    /** Looks up where to go on, for all new files at once: on a cluster each look-up reads the offset topic's end. */
    private void loadOffsets(List<Found> files) {
        Map<String, Map<String, String>> partitions = new HashMap<>();
        for (Found found : files) {
            if (!known.containsKey(found.name())) {
                partitions.put(found.name(), TrackedFile.partitionOf(found.name()));
            }
        }
        if (partitions.isEmpty()) {
            return;
        }
        Map<Map<String, String>, Map<String, Object>> offsets =
                context.offsetStorageReader().offsets(partitions.values());
        partitions.forEach((name, partition) -> {
            Map<String, Object> offset = offsets.get(partition);
            try {
                Position position = offset == null ? Position.START : Position.ofSourceOffset(offset);
                known.put(name, new TrackedFile(partition, position));
            } catch (DataException e) {
                TrackedFile file = new TrackedFile(partition, Position.START);
                known.put(name, file);
                refuse(name, file, e.getMessage() + " Alter or reset the connector's offset of this file");
            }
        });
    }

    private void openFile(Found found) {
        TrackedFile file = known.get(found.name());
        if (file == null) {
            return;
        }
        long quietSince = System.currentTimeMillis() - scanInterval.toMillis();
        boolean settled = file.open(found) || found.modified() < quietSince;
        FileInput input;
        try {
            input = FileInput.open(found.path(), settled ? found.size() : -1);
        } catch (ClosedByInterruptException e) {
            leaveForLater(file);
            return;
        } catch (IOException e) {
            failed(found.name(), file, FolderScan.reason(e));
            return;
        }
        long published = file.position.bytes();
        if (input.size() < published) {
            closeInput(found.name(), input);
            refuse(
                    found.name(),
                    file,
                    "the file has " + input.size() + " bytes, but its records were published up to byte " + published
                            + ": it was cut or replaced. Give new content a new file name, or reset the connector's"
                            + " offset of this file to read it from its start");
            return;
        }
        input.seek(published);
        try {
            begin(new OpenFile(found.name(), file, input, opener.open(input, file.position)));
        } catch (IOException e) {
            closeInput(found.name(), input);
            if (!isStopped()) {
                failed(found.name(), file, FolderScan.reason(e));
            }
        }
    }

    private void begin(OpenFile opened) {
        open = opened;
        if (isStopped()) {
            // stop() may have looked before it was open
            close(opened);
        }
    }

    /** Takes one step in a file and answers whether there are more to take. */
    private boolean readInto(List<SourceRecord> batch, OpenFile current) {
        TrackedFile file = current.file;
        Reading reading;
        try {
            reading = current.reader.next();
        } catch (ClosedByInterruptException e) {
            leaveForLater(file);
            return false;
        } catch (IOException e) {
            if (!isStopped()) {
                failed(current.name, file, FolderScan.reason(e));
            }
            return false;
        }
        if (reading instanceof Reading.Value record) {
            file.position = record.after();
            file.countRecord();
            batch.add(toSourceRecord(record, file));
            newsSinceDrained = true;
            return true;
        }
        if (reading == Reading.Pause.UNTIL_STORED) {
            paused = true;
            return true;
        }
        if (reading instanceof Reading.Rejected rejected) {
            file.position = rejected.after();
            rejections.rejected(current.name, rejected.where(), rejected.reason());
            newsSinceDrained = true;
            return true;
        }
        if (reading instanceof Reading.Broken broken) {
            if (file.isNews(broken.where() + broken.reason())) {
                rejections.rejected(current.name, broken.where(), broken.reason());
                newsSinceDrained = true;
            }
        } else if (reading == Reading.End.UNFINISHED) {
            leaveForLater(file);
        } else {
            finished(current);
        }
        return false;
    }

    private void finished(OpenFile current) {
        TrackedFile.Finished finished = current.file.finish(current.input.size());
        if (finished != null) {
            LOG.debug("Read {} records, {} bytes of {}", finished.records(), finished.bytes(), current.name);
            report.finished(current.name, finished.records(), finished.bytes());
            newsSinceDrained = true;
        }
    }

    private void leaveForLater(TrackedFile file) {
        file.openAgain();
        unfinished |= file.isAwaited();
    }

    private SourceRecord toSourceRecord(Reading.Value record, TrackedFile file) {
        return new SourceRecord(
                file.partition,
                record.after().toSourceOffset(),
                topic,
                null,
                record.keySchema(),
                record.key(),
                record.schema(),
                record.value(),
                null,
                record.headers());
    }

    /** A problem of access, which may pass by itself: tried at every scan, told once. */
    private void failed(String name, TrackedFile file, String reason) {
        file.openAgain();
        if (file.isNews(reason)) {
            rejections.rejected(name, "", reason);
            newsSinceDrained = true;
        }
    }

    private void refuse(String name, TrackedFile file, String reason) {
        file.refuse();
        rejections.rejected(name, "", reason);
        newsSinceDrained = true;
    }

    private void close(OpenFile current) {
        open = null;
        closeInput(current.name, current.input);
    }

    private static void closeInput(String name, FileInput input) {
        try {
            input.close();
        } catch (IOException e) {
            LOG.warn("The file {} was read but could not be closed", name, e);
        }
    }
}
