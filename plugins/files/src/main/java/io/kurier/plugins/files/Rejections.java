// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import io.kurier.Printable;
import io.kurier.spi.SourceReport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Reports what was refused to the log and to the listener; on a Connect worker there is only the log. */
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

    Rejections(SourceReport report) {
        this.report = report;
    }

    void rejected(String file, String where, String reason) {
        if (where.isEmpty()) {
            LOG.warn("Not published: {}: {}", Printable.of(file), Printable.of(reason));
        } else {
            LOG.warn("Not published: {}, {}: {}", Printable.of(file), where, Printable.of(reason));
        }
        report.rejected(file, where, reason, null);
    }
}
