// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.plugins.host.HostListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.apache.kafka.connect.source.SourceRecord;

/** Writes down what happens to one format. Called from several threads. */
final class Watch implements HostListener {
    /** How many rejections are kept with their names; all are counted. */
    static final int MOST_NAMED = 10_000;

    private final Format format;
    private final DemoInput input;
    private final LongConsumer progress;
    private final Ledger ledger = new Ledger();
    private final Map<String, Long> bytesRead = new HashMap<>();
    private final Set<String> refusedFiles = new LinkedHashSet<>();
    private final List<Rejection> rejections = new ArrayList<>();
    private final long started = System.nanoTime();
    private long lastStored = started;
    private long records;
    private long bytes;
    private long rejected;

    /** A watch whose clock starts now; {@code progress} is told of every value's size. */
    Watch(Format format, DemoInput input, LongConsumer progress) {
        this.format = format;
        this.input = input;
        this.progress = progress;
    }

    Ledger ledger() {
        return ledger;
    }

    @Override
    public void published(String connector, SourceRecord record, Receipt receipt) {
        ledger.sent(receipt.partition(), receipt.offset(), Fingerprint.of(record.value()));
        progress.accept(receipt.valueBytes() + 1);
        synchronized (this) {
            records++;
            bytes += receipt.valueBytes();
            lastStored = System.nanoTime();
        }
    }

    @Override
    public void failed(String connector, SourceRecord record, PublishException reason) {
        Object line = record.sourceOffset().get("line");
        reject(
                String.valueOf(record.sourcePartition().get("file")),
                line == null ? "" : "line " + line,
                reason.getMessage());
    }

    @Override
    public synchronized void rejected(String connector, String source, String position, String reason) {
        if (position.isEmpty()) {
            refusedFiles.add(source);
        }
        reject(source, position, reason);
    }

    private synchronized void reject(String source, String position, @org.jspecify.annotations.Nullable String reason) {
        rejected++;
        if (rejections.size() < MOST_NAMED) {
            Path file = Path.of(source);
            Path shown = file.startsWith(input.folder()) && !file.equals(input.folder())
                    ? input.folder().relativize(file)
                    : file;
            rejections.add(new Rejection(shown.toString(), position, String.valueOf(reason)));
        }
    }

    @Override
    public synchronized void finished(String connector, String source, long fileRecords, long fileBytes) {
        bytesRead.merge(source, fileBytes, Long::sum);
    }

    synchronized List<Rejection> rejections() {
        return List.copyOf(rejections);
    }

    /** Files that the demo found and the connector did not read to the end they had then. */
    synchronized List<String> overlooked() {
        List<String> overlooked = new ArrayList<>();
        input.files().getOrDefault(format, Map.of()).forEach((file, size) -> {
            if (!refusedFiles.contains(file) && bytesRead.getOrDefault(file, -1L) < size) {
                overlooked.add(file + ": read " + bytesRead.getOrDefault(file, 0L) + " of " + size + " bytes");
            }
        });
        return overlooked;
    }

    synchronized FormatResult result(boolean verified) {
        double seconds = Math.max(1e-3, (lastStored - started) / 1e9);
        return new FormatResult(
                format.word(),
                format.topic(),
                bytesRead.size(),
                records,
                bytes,
                rejected,
                verified,
                ledger.counts(),
                Math.round(records / seconds));
    }
}
