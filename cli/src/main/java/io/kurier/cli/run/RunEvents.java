// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.run;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.plugins.host.ConnectorFailedException;
import io.kurier.plugins.host.HostListener;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Passes on the events that people must see, each once and not without end. Called by several threads at a time. */
final class RunEvents implements HostListener {
    /** The maximum number of rejections of a connector that are named. */
    static final int MOST_NAMED = 20;

    private final RunListener listener;
    private final Map<String, String> lastReasons = new HashMap<>();
    private final Map<String, Integer> named = new HashMap<>();

    private final CountDownLatch begun = new CountDownLatch(1);

    RunEvents(RunListener listener) {
        this.listener = listener;
    }

    /** Lets events through; tasks may have some before the listener knows that they run. */
    void begin() {
        begun.countDown();
    }

    private void awaitBegin() {
        try {
            begun.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void failed(String connector, SourceRecord record, PublishException reason) {
        if (reason.outcome() == Outcome.REJECTED && !reason.retriable()) {
            Map<String, ?> partition = record.sourcePartition();
            Map<String, ?> offset = record.sourceOffset();
            rejected(
                    connector,
                    ConnectorActivity.position(partition == null ? Map.of() : partition, null),
                    ConnectorActivity.position(Map.of(), offset),
                    String.valueOf(reason.getMessage()));
        }
    }

    @Override
    public void rejected(String connector, String source, String position, String reason) {
        int number;
        synchronized (this) {
            number = named.merge(connector, 1, Integer::sum);
        }
        if (number > MOST_NAMED + 1) {
            return;
        }
        awaitBegin();
        if (number <= MOST_NAMED) {
            listener.rejected(connector, source, position, reason);
        } else {
            listener.rejectsMore(connector);
        }
    }

    @Override
    public void taskFailed(String connector, int task, ConnectorFailedException reason, boolean restarts) {
        String text = String.valueOf(reason.getMessage());
        boolean again;
        synchronized (this) {
            @Nullable String before = lastReasons.put(connector + "/" + task, text + restarts);
            again = (text + restarts).equals(before);
        }
        if (!again) {
            awaitBegin();
            listener.taskFailed(connector, task, text, restarts);
        }
    }
}
