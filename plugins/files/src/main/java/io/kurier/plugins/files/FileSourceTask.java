// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import io.kurier.spi.ReportingTask;
import io.kurier.spi.SourceReport;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/**
 * The common part of the tasks of all file formats; a format's task only names the format. One thread calls
 * {@link #poll}; any thread may call {@link #stop}.
 */
public abstract class FileSourceTask extends SourceTask implements ReportingTask {

    private final FileFormat format;
    private SourceReport report = Rejections.NOBODY_LISTENS;
    private volatile @Nullable PollLoop loop;

    /** Creates a task of a format. */
    protected FileSourceTask(FileFormat format) {
        this.format = format;
    }

    /** Returns the version in the manifest of the format's jar. */
    @Override
    public final String version() {
        return versionOf(getClass());
    }

    @Override
    public final void reportTo(SourceReport report) {
        this.report = report;
    }

    /**
     * Prepares the task; reads nothing yet.
     *
     * @throws org.apache.kafka.common.config.ConfigException if a value is missing or wrong
     */
    @Override
    public final void start(Map<String, String> props) {
        FileSourceConfig config = FileSourceKeys.ofTask(format, props, report != Rejections.NOBODY_LISTENS);
        loop = new PollLoop(config, format, context.offsetStorageReader(), new Rejections(report), report);
    }

    /**
     * Returns the next records; null or an empty list if there are none yet, after waiting one second at most. Invalid
     * input is reported and skipped; it never stops the rest.
     *
     * @throws InterruptedException if the thread was interrupted and there are no records to return
     */
    @Override
    public final @Nullable List<SourceRecord> poll() throws InterruptedException {
        PollLoop started = loop;
        if (started == null) {
            throw new IllegalStateException("poll() was called before start()");
        }
        return started.poll();
    }

    /**
     * Records that a record is stored, or was left out: a file may be moved or deleted when all of its records have
     * ended. Safe for use by any thread.
     */
    @Override
    public void commitRecord(SourceRecord record, @Nullable RecordMetadata metadata) {
        PollLoop started = loop;
        if (started != null) {
            started.ended(record);
        }
    }

    /** Ends a {@link #poll} that reads or waits, and closes the file that is open. */
    @Override
    public final void stop() {
        PollLoop started = loop;
        if (started != null) {
            started.stop();
        }
    }

    static String versionOf(Class<?> type) {
        String manifest = type.getPackage().getImplementationVersion();
        return manifest == null ? "unknown" : manifest;
    }
}
