// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.broker.LocalBroker;
import io.kurier.cli.cluster.ClusterKeys;
import io.kurier.cli.doctor.Finding.Severity;
import io.kurier.core.internal.topics.ClusterTopics;
import io.kurier.core.internal.topics.TopicSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What needs another clock than that of the machine, or an interrupt at a certain moment. */
@Timeout(180)
class ClusterDoctorTest {
    private static final LocalBroker BROKER = LocalBroker.builder().tls().start();

    @TempDir
    private Path folder;

    @AfterAll
    static void stop() {
        BROKER.close();
    }

    @Test
    void findsAClockThatBrokersRefuse() throws Exception {
        Finding clock = only("clock", examine(shifted(Duration.ofHours(2))));

        assertThat(clock.severity()).isEqualTo(Severity.PROBLEM);
        assertThat(clock.what())
                .matches("the clock of this machine is 7,\\d{3},\\d{3}\\.\\d ms ahead of that of the"
                        + " broker, ± [0-9,]+\\.\\d ms");
        assertThat(clock.why()).contains("message.timestamp.after.max.ms");
        assertThat(clock.advice()).contains("NTP");
    }

    @Test
    void findsAClockThatIsBehind() throws Exception {
        Finding clock = only("clock", examine(shifted(Duration.ofHours(-2))));

        assertThat(clock.severity()).isEqualTo(Severity.WARNING);
        assertThat(clock.what()).contains(" behind that of the broker, ± ");
    }

    @Test
    void warnsOfCertificatesThatExpireSoonAndOfThoseThatHaveExpired() throws Exception {
        Finding now = only("certificate", examine(InstantSource.system(), false));
        assertThat(now.severity()).as(now.toString()).isEqualTo(Severity.OK);
        assertThat(now.what()).matches("the certificate .* of the trust store is valid for \\d+ days, to .*Z");
        Instant end = Instant.parse(now.what().replaceAll(".*, to ", ""));

        Finding soon = only("certificate", examine(InstantSource.fixed(end.minus(Duration.ofDays(5))), false));
        assertThat(soon.severity()).isEqualTo(Severity.WARNING);
        assertThat(soon.what()).contains(" is valid for 5 days, to ");
        assertThat(soon.advice()).contains("docs/credentials.md");

        Finding late = only("certificate", examine(InstantSource.fixed(end.plus(Duration.ofDays(1))), false));
        assertThat(late.severity()).isEqualTo(Severity.PROBLEM);
        assertThat(late.what()).contains(" has expired 1 day ago, to ");
    }

    @Test
    void deletesItsTopicIfItIsInterrupted() {
        List<String> announced = new ArrayList<>();
        assertThatThrownBy(() -> doctor(
                                () -> {
                                    // the clock is read while records are published
                                    if (announced.toString().contains(ProbeTopic.PREFIX)) {
                                        Thread.currentThread().interrupt();
                                    }
                                    return Instant.now();
                                },
                                announced)
                        .examine(true))
                .isInstanceOf(InterruptedException.class);

        Thread.interrupted();
        assertThat(announced).singleElement().asString().contains(ProbeTopic.PREFIX);
        assertThat(ClusterTopics.list(keys().config(), false))
                .extracting(TopicSummary::name)
                .noneMatch(name -> name.startsWith(ProbeTopic.PREFIX));
    }

    private static InstantSource shifted(Duration by) {
        return () -> Instant.now().plus(by);
    }

    private List<Finding> examine(InstantSource clock) throws Exception {
        return examine(clock, true);
    }

    private List<Finding> examine(InstantSource clock, boolean mayWrite) throws Exception {
        return doctor(clock, new ArrayList<>()).examine(mayWrite);
    }

    private ClusterDoctor doctor(InstantSource clock, List<String> announced) {
        return new ClusterDoctor(keys().config(), keys(), clock, announced::add);
    }

    private ClusterKeys keys() {
        Path file = folder.resolve("kurier.properties");
        try {
            Files.write(
                    file,
                    BROKER.clientProperties().entrySet().stream()
                            .map(key -> key.getKey() + "=" + key.getValue().replace("\n", "\\n"))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ClusterKeys.withProducer(file, null);
    }

    private static Finding only(String check, List<Finding> findings) {
        List<Finding> found = findings.stream()
                .filter(finding -> finding.check().equals(check))
                .toList();
        assertThat(found).as(findings.toString()).hasSize(1);
        return found.get(0);
    }
}
