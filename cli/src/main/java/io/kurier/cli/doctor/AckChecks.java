// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.doctor;

import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.StartException;
import io.kurier.cli.cluster.ClusterKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Measures the time to an acknowledgment and the offset of a broker's clock, with records to a temporary topic. */
final class AckChecks {
    /** How many records are published one after the other. */
    static final int RECORDS = 20;

    /** A slower acknowledgment, or a clock that differs more, is worth a warning. */
    static final Duration SLOW = Duration.ofSeconds(1);

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration CLOSE = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final double MICROS = 1e3;

    private final ProbeTopic topic;
    private final InstantSource clock;
    private final Consumer<String> announcements;
    private final Findings findings;
    private final List<Long> nanos = new ArrayList<>();
    private final List<ClockOffset.Sample> samples = new ArrayList<>();

    /**
     * Creates the checks.
     *
     * @param announcements receives a sentence if the topic cannot be deleted
     */
    AckChecks(ClusterKeys cluster, InstantSource clock, Consumer<String> announcements, Findings findings) {
        this.topic = new ProbeTopic(cluster);
        this.clock = clock;
        this.announcements = announcements;
        this.findings = findings;
    }

    /** Returns the name of the topic that is created and deleted. */
    String topic() {
        return topic.name();
    }

    /**
     * Creates the topic, publishes to it and deletes it, also if the thread is interrupted.
     *
     * @param allowed how far in milliseconds a record's timestamp may be ahead of a broker's clock, if that is known
     */
    void check(OptionalLong allowed) throws InterruptedException {
        try {
            publish();
            report(allowed);
        } catch (StartException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            findings.warning(
                    "time-to-ack",
                    where(),
                    "it was not measured: " + String.join("; ", e.problems()),
                    "Neither the time to an acknowledgment nor the clock of the broker is known.",
                    "Grant the rights to create, write and delete topics that begin with " + ProbeTopic.PREFIX
                            + ", or leave it out by --no-write.");
        } finally {
            topic.delete().ifPresent(this::left);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Says it at once too: the findings of an examination that is interrupted are not shown. */
    private void left(String reason) {
        String advice = "Delete it: kafka-topics.sh --bootstrap-server HOST:PORT --delete --topic " + topic.name()
                + ", with --command-config FILE where a log-in is needed.";
        announcements.accept("the topic " + topic.name() + " could not be deleted: " + reason + ". " + advice);
        findings.warning(
                "temporary-topic", where(), "it could not be deleted: " + reason, "It stays on the cluster.", advice);
    }

    private String where() {
        return "topic " + topic.name();
    }

    private void publish() throws InterruptedException {
        Publisher publisher = topic.start();
        try {
            long end = System.nanoTime() + LIMIT.toNanos();
            for (int i = 0; i <= RECORDS && System.nanoTime() - end < 0; i++) {
                Instant before = clock.instant();
                long began = System.nanoTime();
                Receipt receipt =
                        publisher.publish(topic.topic(), "", "probe " + i).get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
                long took = System.nanoTime() - began;
                Instant after = clock.instant();
                if (i > 0 && receipt.timestamp() >= 0) { // the first one makes connections
                    nanos.add(took);
                    samples.add(new ClockOffset.Sample(before, Instant.ofEpochMilli(receipt.timestamp()), after));
                }
            }
        } catch (ExecutionException e) {
            findings.problem(
                    "time-to-ack",
                    where(),
                    "a record was not stored: "
                            + (e.getCause() instanceof PublishException failure
                                    ? failure.stage() + ", " + failure.outcome() + ": " + failure.getMessage()
                                    : String.valueOf(e.getCause())),
                    "Records to other topics may fail alike.",
                    "docs/errors.md has the failures, and what to do for each.");
        } catch (TimeoutException e) {
            findings.problem(
                    "time-to-ack",
                    where(),
                    "no acknowledgment came within " + LIMIT.toSeconds() + " s",
                    "Records to other topics may wait alike.",
                    "Check the brokers' logs, and that this machine reaches every broker.");
        } finally {
            publisher.close(CLOSE);
        }
    }

    private void report(OptionalLong allowed) {
        if (nanos.isEmpty()) {
            return;
        }
        List<Long> sorted = nanos.stream().sorted().toList();
        Duration middle = Duration.ofNanos(sorted.get(sorted.size() / 2));
        Duration longest = Duration.ofNanos(sorted.get(sorted.size() - 1));
        String what = "the median of " + sorted.size() + " acknowledgments came after " + millis(middle)
                + ", the slowest after " + millis(longest);
        if (middle.compareTo(SLOW) > 0) {
            findings.warning(
                    "time-to-ack",
                    where(),
                    what,
                    "Each message is in flight for that time, and the buffer fills at a low rate.",
                    "Look at the network to the brokers, their disks, and linger.ms of the profile.");
        } else {
            findings.ok("time-to-ack", where(), what);
        }
        clock(ClockOffset.of(samples), allowed);
    }

    private void clock(ClockOffset clocks, OptionalLong allowed) {
        boolean isAhead = clocks.offset().isNegative(); // this machine's clock
        String what = "the clock of this machine is " + millis(clocks.offset().abs())
                + (isAhead ? " ahead of" : " behind") + " that of the broker, ± " + millis(clocks.bound());
        String advice = "Synchronize the clocks of this machine and the brokers (NTP).";
        Duration limit = allowed.isPresent() ? Duration.ofMillis(allowed.getAsLong()) : HOUR;
        if (isAhead && clocks.certain().compareTo(limit) > 0) {
            findings.problem(
                    "clock",
                    where(),
                    what,
                    "Brokers refuse records whose timestamp is more than " + limit.toMillis()
                            + " ms ahead (message.timestamp.after.max.ms).",
                    advice);
        } else if (clocks.certain().compareTo(SLOW) > 0) {
            findings.warning(
                    "clock",
                    where(),
                    what,
                    "Records have wrong timestamps: searches by time, windows and retention use them.",
                    advice);
        } else {
            findings.ok("clock", where(), what);
        }
    }

    private static String millis(Duration time) {
        return String.format(
                Locale.ROOT, "%,.1f ms", time.truncatedTo(ChronoUnit.MICROS).toNanos() / MICROS / MICROS);
    }
}
