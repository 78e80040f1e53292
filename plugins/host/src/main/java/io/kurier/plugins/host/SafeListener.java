// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.core.internal.errors.SafeLogger;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prevents a listener that throws from changing what is published: its exception is logged and the connector continues.
 */
record SafeListener(HostListener listener) implements HostListener {
    private static final Logger LOG = LoggerFactory.getLogger(HostListener.class);

    @Override
    public void published(String connector, SourceRecord record, Receipt receipt) {
        tell(connector, () -> listener.published(connector, record, receipt));
    }

    @Override
    public void failed(String connector, SourceRecord record, PublishException reason) {
        tell(connector, () -> listener.failed(connector, record, reason));
    }

    @Override
    public void rejected(String connector, String source, String position, String reason) {
        tell(connector, () -> listener.rejected(connector, source, position, reason));
    }

    @Override
    public void finished(String connector, String source, long records, long bytes) {
        tell(connector, () -> listener.finished(connector, source, records, bytes));
    }

    @Override
    public void taskFailed(String connector, int task, ConnectorFailedException reason, boolean restarts) {
        tell(connector, () -> listener.taskFailed(connector, task, reason, restarts));
    }

    private void tell(String connector, Runnable call) {
        try {
            call.run();
        } catch (Exception e) { // a checked one too; an Error ends the task
            SafeLogger.error(
                    LOG,
                    e,
                    "the listener {} failed; connector {} goes on",
                    listener.getClass().getName(),
                    connector);
        }
    }
}
