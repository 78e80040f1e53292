// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.BrokerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No line of a file is lost, although the process that reads it with a connector is killed again and again, and with
 * exactly-once none is there twice.
 */
class ConnectorKillTest {
    private static final List<String> FILES = List.of("a.log", "b.log", "c.log", "d.log");
    private static final int LEAST_LINES = 500;
    private static final int MOST_LINES = 10_000;

    private final Trial trial = new Trial("ConnectorKillTest", "promises.connector.kills", 10);
    private final Random random = trial.random();
    private final Map<String, Integer> lines = new LinkedHashMap<>();

    @TempDir
    Path directory;

    @Test
    void everyLineIsPublishedAtLeastOnceAndInOrderThroughKillsOfTheProcess() throws Exception {
        ImportedLines imported = imported(directory.resolve("offsets").toString());
        assertThat(imported.faults(lines)).as("%s", trial).isEmpty();
    }

    @Test
    void everyLineIsPublishedExactlyOnceThroughKillsOfTheProcess() throws Exception {
        ImportedLines imported = imported(ConnectorChild.EXACTLY_ONCE);
        assertThat(imported.faults(lines)).as("%s", trial).isEmpty();
        assertThat(imported.duplicates()).as("%s", trial).isZero();
    }

    /** Returns what is published by a process that is killed again and again, and by a last one that is not. */
    private ImportedLines imported(String offsets) throws Exception {
        Path folder = Files.createDirectory(directory.resolve("folder"));
        try (BrokerProcess broker = BrokerProcess.start()) {
            for (int kill = 1; kill <= trial.kills(); kill++) {
                append(folder);
                try (Child child = start(broker, folder, offsets)) {
                    awaitTheMoment(child, folder);
                    child.kill();
                }
            }
            append(folder);
            try (Child last = start(broker, folder, offsets)) {
                last.await(ConnectorChild.READY, 0);
                last.finish();
            }
            return read(broker.bootstrapServers(), offsets);
        }
    }

    private static Child start(BrokerProcess broker, Path folder, String offsets) {
        return Child.start(ImportChild.class, List.of(broker.bootstrapServers(), folder.toString(), offsets));
    }

    /** Appends lines to each file, in one write or in several. */
    private void append(Path folder) throws IOException {
        for (String file : FILES) {
            int from = lines.getOrDefault(file, 0);
            int to = from + LEAST_LINES + random.nextInt(MOST_LINES - LEAST_LINES);
            StringBuilder text = new StringBuilder();
            for (int number = from; number < to; number++) {
                text.append(file).append(' ').append(number).append('\n');
            }
            Files.writeString(folder.resolve(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            lines.put(file, to);
        }
    }

    /** Waits for a time to kill: sometimes during the start, mostly while it reads, sometimes when all is read. */
    private void awaitTheMoment(Child child, Path folder) throws IOException {
        switch (random.nextInt(6)) {
            case 0 -> {
                child.await(ImportChild.BEGUN, 1);
                trial.pauseAtMost(1_500_000);
            }
            case 1 -> {
                child.await(ConnectorChild.READY, 0);
                append(folder);
                trial.pauseAtMost(300_000);
            }
            default -> {
                child.await(ConnectorChild.STORED, 1 + random.nextInt(LEAST_LINES));
                trial.pauseAtMost(150_000);
            }
        }
    }

    private ImportedLines read(String bootstrapServers, String offsets) throws Exception {
        ImportedLines imported = new ImportedLines();
        TopicReader.read(bootstrapServers, List.of(ImportChild.TOPIC), record -> imported.record("" + record.value()));
        int total = lines.values().stream().mapToInt(Integer::intValue).sum();
        boolean exactlyOnce = offsets.equals(ConnectorChild.EXACTLY_ONCE);
        trial.note((exactlyOnce ? "exactly-once, " : "at least once, ") + total + " lines, " + imported.duplicates()
                + " duplicates");
        return imported;
    }
}
