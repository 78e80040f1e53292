// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import io.kurier.plugins.text.TextSourceTask;
import io.kurier.spi.ReportingTask;
import io.kurier.spi.SourceReport;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.jspecify.annotations.Nullable;

/** The text connector's task, which halts the process after a poll or after a commit. */
public final class FailpointTask extends SourceTask implements ReportingTask {
    private final TextSourceTask text = new TextSourceTask();

    /** For the host, which creates tasks by class name. */
    public FailpointTask() {}

    @Override
    public void initialize(SourceTaskContext given) {
        super.initialize(given);
        text.initialize(given);
    }

    @Override
    public void reportTo(SourceReport report) {
        text.reportTo(report);
    }

    @Override
    public void start(Map<String, String> properties) {
        text.start(properties);
    }

    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        List<SourceRecord> records = text.poll();
        if (records != null && !records.isEmpty()) {
            Failpoint.AFTER_POLL.reached();
        }
        return records;
    }

    @Override
    public void commit() throws InterruptedException {
        text.commit();
        Failpoint.AFTER_COMMIT.reached();
    }

    @Override
    public void stop() {
        text.stop();
    }

    @Override
    public String version() {
        return text.version();
    }
}
