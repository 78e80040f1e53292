// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.broker.BrokerProcess;
import io.kurier.broker.proxy.Fault;
import io.kurier.broker.proxy.FaultProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every line is published once, at whatever moment the process halts, and whichever other process takes its place. */
class ExactlyOnceFailpointTest {
    private static final String FILE = "a.log";
    private static final int APPENDED = 500;
    private static final int MOST_TIMES = 4;
    private static final Duration LONG = Duration.ofMinutes(2);

    private final Trial trial = new Trial("ExactlyOnceFailpointTest", "promises.failpoint.halts", 1);
    private int lines;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void everyLineIsPublishedOnce(Failpoint failpoint) throws Exception {
        try (BrokerProcess broker = BrokerProcess.start()) {
            for (int halt = 1; halt <= trial.kills(); halt++) {
                int time = 1 + trial.random().nextInt(MOST_TIMES);
                trial.note(failpoint + ", the " + time + ". time");
                append();
                try (Child child = start(broker, failpoint.name(), String.valueOf(time))) {
                    appendUntilItReports(child, Failpoint.HALTS);
                    child.kill();
                }
            }
            finish(broker);
        }
    }

    /** The end of a transaction is requested and may have been reached, and no response comes before the kill. */
    @ParameterizedTest
    @EnumSource(names = {"DROP_ACKS", "DROP_REQUESTS"})
    void everyLineIsPublishedOnceThoughTheEndOfATransactionIsUnknown(Fault fault) throws Exception {
        try (FaultProxy proxy = FaultProxy.start();
                BrokerProcess broker =
                        BrokerProcess.builder().advertisedPort(proxy.port()).start()) {
            proxy.target(broker.port());
            append();
            try (Child child = start(broker)) {
                child.await(ConnectorChild.STORED, 1);
                if (fault == Fault.DROP_ACKS) {
                    proxy.dropAcks(ApiKeys.END_TXN);
                } else {
                    proxy.dropRequests(ApiKeys.END_TXN);
                }
                append();
                await().atMost(LONG).until(() -> proxy.hits(fault) > 0);
                child.kill();
            }
            proxy.heal();
            finish(broker);
        }
    }

    @Test
    void aTwinTakesTheTasksOver() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start()) {
            append();
            try (Child first = start(broker)) {
                first.await(ConnectorChild.STORED, 1);
                try (Child second = start(broker)) {
                    second.await(ConnectorChild.READY, 0);
                    appendUntilItReports(first, ConnectorChild.FENCED);
                    append();
                    second.finish();
                }
            }
            finish(broker);
        }
    }

    private Child start(BrokerProcess broker, String... failpoint) {
        List<String> arguments =
                new ArrayList<>(List.of(broker.bootstrapServers(), directory.toString(), ConnectorChild.EXACTLY_ONCE));
        arguments.addAll(List.of(failpoint));
        return Child.start(ImportChild.class, arguments);
    }

    private void appendUntilItReports(Child child, String word) {
        await().atMost(LONG).pollInterval(Duration.ofMillis(50)).until(() -> {
            append();
            return child.highest(word) >= 0;
        });
    }

    private void append() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < APPENDED; i++) {
            text.append(FILE).append(' ').append(lines++).append('\n');
        }
        Files.writeString(directory.resolve(FILE), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Publishes the rest without a failpoint, and compares. */
    private void finish(BrokerProcess broker) throws Exception {
        append();
        try (Child last = start(broker)) {
            last.await(ConnectorChild.STORED, 1);
            last.finish();
        }
        ImportedLines imported = new ImportedLines();
        TopicReader.read(
                broker.bootstrapServers(), List.of(ImportChild.TOPIC), record -> imported.record("" + record.value()));
        trial.note(lines + " lines, " + imported.duplicates() + " duplicates");
        assertThat(imported.faults(Map.of(FILE, lines))).as("%s", trial).isEmpty();
        assertThat(imported.duplicates()).as("%s", trial).isZero();
    }
}
