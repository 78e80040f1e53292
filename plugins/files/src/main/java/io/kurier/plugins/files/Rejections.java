// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import io.kurier.Printable;
import io.kurier.spi.SourceReport;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Reports what was refused to the log and to the listener; on a Connect worker there is only the log. A part of the
 * input is reported when all records before it were returned by earlier polls, so reports wait here until then. Used by
 * the polling thread.
 */
final class Rejections {

    static final SourceReport NOBODY_LISTENS = new SourceReport() {
        @Override
        public void rejected(String source, String position, String reason, byte @Nullable [] content) {}

        @Override
        public void finished(String source, long records, long bytes) {}

        @Override
        public void drained() {}
    };

    private static final Logger LOG = FileLog.LOG;

    private final SourceReport report;
    private final Deque<Rejection> waiting = new ArrayDeque<>();

    private record Rejection(String file, String where, String reason, byte @Nullable [] content) {}

    Rejections(SourceReport report) {
        this.report = report;
    }

    /**
     * Adds a report.
     *
     * @param where the position, as text; empty if the whole file was refused
     * @param content the part as it is in the file; null if it is not known
     */
    void add(String file, String where, String reason, byte @Nullable [] content) {
        waiting.add(new Rejection(file, where, reason, content));
    }

    /** Returns whether reports wait. */
    boolean areWaiting() {
        return !waiting.isEmpty();
    }

    /**
     * Reports what waits. If the listener throws an exception, the report that it was given is not repeated, and those
     * behind it wait.
     */
    void report() {
        while (!waiting.isEmpty()) {
            report(waiting.remove());
        }
    }

    private void report(Rejection rejection) {
        String file = Printable.of(rejection.file);
        String reason = Printable.of(rejection.reason);
        if (rejection.where.isEmpty()) {
            LOG.warn("Not published: {}: {}", file, reason);
        } else {
            LOG.warn("Not published: {}, {}: {}", file, rejection.where, reason);
        }
        report.rejected(rejection.file, rejection.where, rejection.reason, rejection.content);
    }
}
