// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kurier.CloseReport;
import io.kurier.broker.LocalBroker;
import io.kurier.core.ShutdownChild.Plan;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a JVM that publishes does at SIGTERM and at {@code System.exit}, seen from outside. */
@Timeout(180)
class ShutdownTest {
    private static final int SIGTERM = 128 + 15;
    private static final int SIGNAL_AT = 40_000;
    private static final String AT_SHUTDOWN = "close.at.shutdown=true";
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Pattern LINE = Pattern.compile(
            "INFO io\\.kurier\\.core\\.internal\\.publisher\\.ShutdownHook - closed at shutdown: CloseReport\\["
                    + "accepted=(\\d+), stored=(\\d+), rejected=(\\d+), notStored=(\\d+), unknown=(\\d+)]");

    private final LocalBroker broker = LocalBroker.start();

    @TempDir
    Path folder;

    private Path output = Path.of("");
    private Path notesFile = Path.of("");

    @BeforeEach
    void needsSignals() {
        boolean windows = File.separatorChar == '\\';
        if (windows) {
            System.out.println("skipped: Windows has no SIGTERM");
        }
        assumeTrue(!windows, "Windows has no SIGTERM");
        output = folder.resolve("output");
        notesFile = folder.resolve("notes");
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void losesNothingThatTheReportCallsStored() throws Exception {
        ShutdownNotes notes = ShutdownNotes.open(notesFile, ShutdownChild.MESSAGES);
        assertThat(endInTheFlood(notes, AT_SHUTDOWN)).isEqualTo(SIGTERM);

        CloseReport report = theReport();
        Set<Integer> inTheTopic = numbersInTheTopic();
        List<Integer> noted = notes.numbers(ShutdownNotes.STORED);
        System.out.println(
                "ShutdownTest: " + report + ", " + noted.size() + " receipts noted, " + inTheTopic.size() + " records");

        assertThat(report.open()).isZero();
        assertThat(report.unknown())
                .as("the broker lives, and the time suffices")
                .isZero();
        assertThat((long) inTheTopic.size()).isEqualTo(report.stored());
        assertThat((long) noted.size()).isBetween(1L, report.stored());
        assertThat(missing(noted, inTheTopic)).as("noted, and not in the topic").isEmpty();
        assertThat(Collections.disjoint(inTheTopic, notes.numbers(ShutdownNotes.REJECTED)))
                .as("what was rejected is not in the topic")
                .isTrue();
        assertThat(inTheTopic.size())
                .as("the signal came in the middle")
                .isBetween(SIGNAL_AT / 2, ShutdownChild.MESSAGES - 1);
    }

    @Test
    void runsNoHookWithoutTheKey() throws Exception {
        ShutdownNotes notes = ShutdownNotes.open(notesFile, ShutdownChild.MESSAGES);
        assertThat(endInTheFlood(notes)).isEqualTo(SIGTERM);

        assertThat(said()).doesNotContain("closed at shutdown");
        assertThat(missing(notes.numbers(ShutdownNotes.STORED), numbersInTheTopic()))
                .as("noted, and not in the topic")
                .isEmpty();
    }

    @Test
    void closesOnlyThePublisherThatIsStillOpen() throws Exception {
        assertThat(endWhenReady(Plan.CLOSES_ONE_OF_TWO)).isEqualTo(SIGTERM);

        assertThat(theReport()).isEqualTo(new CloseReport(2, 2, 0, 0, 0));
    }

    @Test
    void hasNoHookLeftAfterAClose() throws Exception {
        assertThat(endWhenReady(Plan.CLOSES_ITS_OWN)).isEqualTo(SIGTERM);

        assertThat(said()).doesNotContain("closed at shutdown");
    }

    @Test
    void sharesTheShutdownWithAHookOfTheApplication() throws Exception {
        assertThat(endWhenReady(Plan.HAS_A_HOOK_TOO)).isEqualTo(SIGTERM);

        assertThat(said())
                .contains("closed by the application")
                .doesNotContain("Exception in thread")
                .doesNotContain("Shutdown in progress");
    }

    @Test
    void endsThoughADependentCallsExit() throws Exception {
        Process process = start(Plan.EXITS_IN_A_DEPENDENT, AT_SHUTDOWN, "close.timeout.ms=600000");

        assertThat(exitValue(process)).as("it does not wait for itself").isEqualTo(ShutdownChild.EXIT);
        assertThat(said()).contains("exits on kurier-completions-");
        assertThat(theReport()).isEqualTo(new CloseReport(1, 1, 0, 0, 0));
    }

    private int endInTheFlood(ShutdownNotes notes, String... config) throws Exception {
        Process process = start(Plan.FLOODS, config);
        await().atMost(LONG).pollInterval(Duration.ofMillis(1)).until(() -> notes.has(SIGNAL_AT) || !process.isAlive());
        process.destroy();
        return exitValue(process);
    }

    private int endWhenReady(Plan plan) throws Exception {
        Process process = start(plan, AT_SHUTDOWN);
        await().atMost(LONG).until(() -> said().contains(ShutdownChild.READY) || !process.isAlive());
        process.destroy();
        return exitValue(process);
    }

    private Process start(Plan plan, String... config) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
                "-Dorg.slf4j.simpleLogger.log.org.apache.kafka=warn",
                "-cp",
                System.getProperty("java.class.path"),
                ShutdownChild.class.getName(),
                plan.name(),
                broker.bootstrapServers(),
                notesFile.toString()));
        command.addAll(List.of(config));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private int exitValue(Process process) throws Exception {
        try {
            assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS))
                    .as("the JVM ends; it said %s", said())
                    .isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private String said() throws Exception {
        return Files.readString(output);
    }

    /** What the one line says that the hook logs. */
    private CloseReport theReport() throws Exception {
        List<MatchResult> lines = LINE.matcher(said()).results().toList();
        assertThat(lines).as("the lines of hooks in %s", said()).hasSize(1);
        MatchResult line = lines.get(0);
        return new CloseReport(number(line, 1), number(line, 2), number(line, 3), number(line, 4), number(line, 5));
    }

    private static long number(MatchResult line, int group) {
        return Long.parseLong(line.group(group));
    }

    private static Set<Integer> missing(List<Integer> noted, Set<Integer> inTheTopic) {
        Set<Integer> missing = new HashSet<>(noted);
        missing.removeAll(inTheTopic);
        return missing;
    }

    /** The numbers of the messages that are stored; none of them twice. */
    private Set<Integer> numbersInTheTopic() {
        List<Integer> numbers = StoredRecords.of(broker.bootstrapServers(), ShutdownChild.TOPIC.alias(), 3).stream()
                .map(record -> Integer.parseInt(
                        record.value().substring(0, record.value().indexOf(' '))))
                .toList();
        assertThat(numbers).doesNotHaveDuplicates();
        return new HashSet<>(numbers);
    }
}
