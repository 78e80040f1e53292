// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.core.internal.config.ConfigReader;
import io.kurier.core.internal.config.Problems;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.Setting;
import io.kurier.core.internal.contact.Answer;
import io.kurier.core.internal.contact.ClusterFacts;
import io.kurier.core.internal.topics.TopicFacts;
import io.kurier.core.transport.TopicManagement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.server.common.MetadataVersion;
import org.junit.jupiter.api.Test;

/** The judgments of facts that no test makes a cluster have. */
class ChecksTest {
    private static final Answer<ClusterFacts.Features> FEATURES =
            Answer.known(new ClusterFacts.Features(Map.of("metadata.version", 30), Map.of("metadata.version", 30)));
    private static final Answer<ClusterFacts.Quorum> QUORUM = Answer.known(new ClusterFacts.Quorum(1, 3, List.of()));
    private static final Answer<Map<String, String>> NONE = Answer.known(Map.of());

    @Test
    void findsABrokerThatDoesNotAnswer() {
        List<String> found = ofCluster(
                FEATURES,
                QUORUM,
                new ClusterFacts.Broker(1, "one:9092", NONE),
                new ClusterFacts.Broker(2, "two:9092", Answer.missing(Answer.Kind.NO_ANSWER, "timed out")));

        assertThat(found)
                .contains(
                        "problem broker 2 at two:9092: it does not answer from this machine: timed out",
                        "ok broker 1 at one:9092: it answers");
    }

    @Test
    void aBrokerThatShowsNoConfigsAnswers() {
        assertThat(ofCluster(
                        FEATURES,
                        QUORUM,
                        new ClusterFacts.Broker(
                                1, "one:9092", Answer.missing(Answer.Kind.NOT_AUTHORIZED, "not authorized"))))
                .contains("ok broker 1 at one:9092: it answers");
    }

    @Test
    void findsControllersThatFail() {
        assertThat(ofCluster(FEATURES, Answer.known(new ClusterFacts.Quorum(-1, 3, List.of()))))
                .contains("problem cluster: no controller is active");
        assertThat(ofCluster(FEATURES, Answer.known(new ClusterFacts.Quorum(1, 3, List.of(2, 3)))))
                .contains("warning cluster: of 3 controllers these have not followed for 10 s: 2, 3");
        assertThat(ofCluster(FEATURES, Answer.missing(Answer.Kind.NOT_AUTHORIZED, "not authorized")))
                .contains("warning cluster: the controllers are not known: not authorized");
    }

    @Test
    void findsVersionsThatAreNotSupported() {
        assertThat(ofCluster(features(20, 20), QUORUM))
                .contains(
                        "problem cluster: metadata.version is that of Kafka 3.8 (level 20), and the brokers support that"
                                + " of 3.8");
        assertThat(ofCluster(features(20, 30), QUORUM))
                .contains(
                        "warning cluster: metadata.version is that of Kafka 3.8 (level 20), and the brokers support that"
                                + " of 4.3");
        assertThat(ofCluster(features(21, 99), QUORUM))
                .contains(
                        "ok cluster: metadata.version is that of Kafka 3.9 (level 21), and the brokers support that of"
                                + " newer than 4.3, which is supported");
        assertThat(ofCluster(Answer.known(new ClusterFacts.Features(Map.of(), Map.of())), QUORUM))
                .contains("warning cluster: the brokers report no metadata.version, so their version is not known");
    }

    private static Answer<ClusterFacts.Features> features(int finalized, int supported) {
        return Answer.known(new ClusterFacts.Features(
                Map.of("metadata.version", finalized), Map.of("metadata.version", supported)));
    }

    @Test
    void knowsTheReleaseOfEveryLevel() {
        Arrays.stream(MetadataVersion.values())
                .filter(MetadataVersion::isProduction)
                .forEach(version -> assertThat(Releases.of(version.featureLevel()))
                        .as(version.version())
                        .isEqualTo(version.shortVersion()));
    }

    @Test
    void findsPartitionsThatCannotBeWritten() {
        assertThat(ofTopic(
                        Map.of("min.insync.replicas", "2"),
                        new TopicFacts.Partition(0, 1, 3, 3),
                        new TopicFacts.Partition(1, 1, 3, 1),
                        new TopicFacts.Partition(2, TopicFacts.Partition.NO_LEADER, 3, 1)))
                .contains(
                        "problem topics.t, topic t: no leader for partition 2 (1 of 3)",
                        "problem topics.t, topic t: fewer replicas in sync than min.insync.replicas=2 for partitions 1, 2"
                                + " (2 of 3)");
    }

    @Test
    void findsReplicasThatAreOutOfSync() {
        assertThat(ofTopic(Map.of("min.insync.replicas", "2"), new TopicFacts.Partition(0, 1, 3, 2)))
                .contains("warning topics.t, topic t: replicas out of sync for partition 0 (1 of 1)")
                .noneMatch(finding -> finding.startsWith("problem"));
    }

    @Test
    void warnsOfConfigsThatCanLoseRecords() {
        assertThat(ofTopic(
                        Map.of("min.insync.replicas", "1", "unclean.leader.election.enable", "true"),
                        new TopicFacts.Partition(0, 1, 3, 3)))
                .contains(
                        "warning topics.t, topic t: unclean.leader.election.enable=true",
                        "warning topics.t, topic t: min.insync.replicas=1 with 3 replicas");
        assertThat(ofTopic(Map.of("min.insync.replicas", "3"), new TopicFacts.Partition(0, 1, 3, 3)))
                .contains("warning topics.t, topic t: min.insync.replicas=3 with as many replicas");
        assertThat(ofTopic(Map.of("min.insync.replicas", "2"), new TopicFacts.Partition(0, 1, 1, 1)))
                .contains("problem topics.t, topic t: fewer replicas in sync than min.insync.replicas=2 for partition 0"
                        + " (1 of 1)");
        assertThat(ofTopic(Map.of("min.insync.replicas", "2"), new TopicFacts.Partition(0, 1, 3, 3)))
                .allMatch(finding -> finding.startsWith("ok"));
    }

    @Test
    void anOffsetOfClocksAgreesWithAllSamples() {
        Instant now = Instant.parse("2030-01-01T00:00:00Z");
        ClockOffset offset = ClockOffset.of(List.of(
                new ClockOffset.Sample(now, now.plusMillis(5_010), now.plusMillis(20)),
                new ClockOffset.Sample(now, now.plusMillis(5_003), now.plusMillis(4))));
        // from 4,999 (the second: 5,003 - 4) to 5,004 (the second: 5,003 + 1 - 0)
        assertThat(offset.offset()).isEqualTo(Duration.ofNanos(5_001_500_000L));
        assertThat(offset.bound()).isEqualTo(Duration.ofNanos(2_500_000));
        assertThat(offset.certain()).isEqualTo(Duration.ofMillis(4_999));
    }

    @Test
    void aClockThatIsSetBetweenSamplesLeavesTheShortestOne() {
        Instant now = Instant.parse("2030-01-01T00:00:00Z");
        ClockOffset offset = ClockOffset.of(List.of(
                new ClockOffset.Sample(now, now.plusMillis(1_000), now.plusMillis(50)),
                new ClockOffset.Sample(now, now, now.plusMillis(3))));
        assertThat(offset.bound()).isEqualTo(Duration.ofMillis(2));
        assertThat(offset.certain()).isZero();
    }

    private static List<String> ofCluster(
            Answer<ClusterFacts.Features> features,
            Answer<ClusterFacts.Quorum> quorum,
            ClusterFacts.Broker... brokers) {
        Findings findings = new Findings();
        new ClusterChecks("cluster", findings)
                .check(new ClusterFacts("id", List.of(brokers), features, quorum, Answer.known(true)));
        return words(findings);
    }

    private static List<String> ofTopic(Map<String, String> configs, TopicFacts.Partition... partitions) {
        Findings findings = new Findings();
        new TopicChecks(TopicManagement.VERIFY, true, findings)
                .check(new TopicFacts(
                        config().topics().get(0),
                        "t",
                        TopicFacts.State.EXISTS,
                        List.of(),
                        List.of(partitions),
                        Answer.known(Set.of(AclOperation.WRITE)),
                        Answer.known(configs)));
        return words(findings);
    }

    private static PublisherConfig config() {
        Problems problems = new Problems();
        PublisherConfig config = ConfigReader.read(
                List.of(
                        new Setting("bootstrap.servers", "127.0.0.1:9092", "test"),
                        new Setting("topics.t.value.serializer", "text", "test")),
                List.of("t"),
                problems);
        problems.throwIfAny();
        return config;
    }

    private static List<String> words(Findings findings) {
        return findings.sorted().stream()
                .peek(finding -> assertThat(finding.advice().isEmpty())
                        .as(finding.toString())
                        .isEqualTo(finding.severity() == Finding.Severity.OK))
                .map(finding -> finding.severity().word() + " " + finding.where() + ": " + finding.what())
                .toList();
    }
}
