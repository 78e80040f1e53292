// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.plugins.host.HostListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Records the events of one format. Called from several threads. */
final class FormatMonitor implements HostListener {
    /** The maximum number of rejections that are kept with their names; all are counted. */
    static final int MOST_NAMED = 10_000;

    private final Format format;
    private final DemoInput input;
    private final DemoListener listener;
    private final Ledger ledger = new Ledger();
    private final Verifier verifier;
    private final Map<Integer, Long> counts = new TreeMap<>();
    private final Map<String, Long> bytesRead = new HashMap<>();
    private final Map<String, Long> lastPosition = new HashMap<>();
    private final Set<String> refusedFiles = new HashSet<>();
    private final Set<String> partlyRefusedFiles = new HashSet<>();
    private final List<Rejection> rejections = new ArrayList<>();
    private final long started = System.nanoTime();
    private final Instant startedAt = Instant.now();
    private long lastStored = started;
    private @Nullable PublishException lost;
    private long stored;
    private long records;
    private long bytes;
    private long rejected;

    /** Creates a monitor whose time starts now; {@code listener} receives every value's size. */
    FormatMonitor(Format format, DemoInput input, DemoListener listener) {
        this.format = format;
        this.input = input;
        this.listener = listener;
        this.verifier = format.verifier();
    }

    /** Reads back the published records, and returns the differences. */
    List<String> check(ReadBack readBack) {
        return readBack.check(format, ledger, verifier);
    }

    @Override
    public void published(String connector, SourceRecord record, Receipt receipt) {
        ledger.sent(receipt.partition(), receipt.offset(), verifier.sent(record));
        listener.published(receipt.valueBytes() + 1);
        boolean completes = verifier.completes(record);
        long content = verifier.contentBytes(record, receipt);
        synchronized (this) {
            stored++;
            if (completes) {
                records++;
                counts.merge(receipt.partition(), 1L, Long::sum);
            }
            bytes += content;
            lastStored = System.nanoTime();
            if (record.sourceOffset().get("position") instanceof Long position) {
                lastPosition.merge(file(record), position, Long::max);
            }
        }
    }

    @Override
    public void failed(String connector, SourceRecord record, PublishException reason) {
        if (isOfTheBroker(reason)) {
            synchronized (this) {
                lost = lost == null ? reason : lost;
            }
        }
        reject(file(record), where(record), reason.getMessage());
    }

    /**
     * Returns where in its file a record ends; empty if it is only a part of the value that the whole file is published
     * as.
     */
    private static String where(SourceRecord record) {
        Object line = record.sourceOffset().get("line");
        if (line != null) {
            return "line " + line;
        }
        Object position = record.sourceOffset().get("position");
        return Long.valueOf(0).equals(position) ? "" : "up to byte " + position;
    }

    /**
     * Returns whether the broker and not the record is the reason of a failure: no response, or no room for a long
     * time.
     */
    private static boolean isOfTheBroker(PublishException reason) {
        return reason.stage() == Stage.SEND
                && (reason.outcome() == Outcome.UNKNOWN
                        || (reason.outcome() == Outcome.REJECTED && reason.retriable()));
    }

    /** Returns the first failure that was caused by the broker, or null. */
    synchronized @Nullable PublishException lost() {
        return lost;
    }

    /** Returns the number of stored records; each chunk of a large blob is one. */
    synchronized long stored() {
        return stored;
    }

    @Override
    public synchronized void rejected(String connector, String source, String position, String reason) {
        if (isOurs(Path.of(source))) {
            if (!position.isEmpty()) {
                partlyRefusedFiles.add(source);
            }
            reject(source, position, reason);
        }
    }

    /** Every connector reports a folder that cannot be read. It counts once: as if it were a file of its name. */
    private boolean isOurs(Path source) {
        return Format.of(source).orElse(Format.TEXT) == format;
    }

    /**
     * Counts and keeps a rejection; a whole file once, though each chunk of it may be refused and the connector reports
     * it too.
     */
    private synchronized void reject(String source, String position, @Nullable String reason) {
        if (position.isEmpty() && !refusedFiles.add(source)) {
            return;
        }
        rejected++;
        if (rejections.size() < MOST_NAMED) {
            rejections.add(new Rejection(input.shown(Path.of(source)), position, String.valueOf(reason)));
        }
    }

    @Override
    public synchronized void finished(String connector, String source, long fileRecords, long fileBytes) {
        bytesRead.merge(source, fileBytes, Long::sum);
    }

    synchronized List<Rejection> rejections() {
        return List.copyOf(rejections);
    }

    /**
     * Returns whether a file still exists and was not read up to its size at the start of the demo, and no rejection
     * was reported.
     */
    synchronized boolean hasOverlooked() {
        return unread().anyMatch(file -> Files.exists(Path.of(file)));
    }

    /**
     * Rejects files that were not read up to their size at the start of the demo, if they were deleted or changed, and
     * returns the others.
     */
    synchronized List<String> overlooked() {
        for (String file : unread().toList()) {
            FileChange.since(Path.of(file), sizes().getOrDefault(file, 0L), startedAt)
                    .ifPresent(change -> reject(file, "", change));
        }
        return unread().map(file -> input.shown(Path.of(file)) + ": read " + Math.max(0, read(file)) + " of "
                        + sizes().get(file) + " bytes")
                .toList();
    }

    private Stream<String> unread() {
        return sizes().keySet().stream()
                .filter(file -> !refusedFiles.contains(file) && !partlyRefusedFiles.contains(file))
                .filter(file -> read(file) < sizes().getOrDefault(file, 0L));
    }

    private Map<String, Long> sizes() {
        return input.files().getOrDefault(format, Map.of());
    }

    /** Returns how many bytes of a file were read; -1 if none was reported. */
    private long read(String file) {
        return Math.max(bytesRead.getOrDefault(file, -1L), lastPosition.getOrDefault(file, -1L));
    }

    private static String file(SourceRecord record) {
        return String.valueOf(record.sourcePartition().get("file"));
    }

    synchronized FormatResult result(boolean verified) {
        return new FormatResult(
                format.word(),
                format.topic(),
                (int) Stream.concat(bytesRead.keySet().stream(), lastPosition.keySet().stream())
                        .distinct()
                        .count(),
                records,
                bytes,
                rejected,
                verified,
                new TreeMap<>(counts),
                Duration.ofNanos(lastStored - started));
    }
}
