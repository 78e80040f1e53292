// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.ClusterAdmin;
import io.kurier.broker.LocalBroker;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.contact.Answer;
import io.kurier.core.internal.contact.ClusterFacts;
import io.kurier.core.internal.contact.ClusterSurvey;
import io.kurier.core.internal.contact.StartAdmin;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is read of a cluster for a command that shows it. */
@Timeout(120)
class TopicSurveyTest {
    private static final LocalBroker BROKER = LocalBroker.start();

    @BeforeAll
    static void createATopic() {
        try (ClusterAdmin admin = ClusterAdmin.connect(BROKER.clientProperties())) {
            admin.createTopic("orders", 2);
        }
    }

    @AfterAll
    static void stop() {
        BROKER.close();
    }

    @Test
    void validatesWhatAStartWouldCreateAndChangesNothing() throws Exception {
        Declared declared = Declared.topics(BROKER.bootstrapServers(), "create", "orders", "new", "impossible")
                .topic("orders", "partitions=5", "partitions.increase=true")
                .topic("impossible", "replication.factor=3");
        for (int repeat = 0; repeat < 2; repeat++) {
            List<TopicFacts> facts = read(declared.config());

            assertThat(facts)
                    .extracting(TopicFacts::state)
                    .containsExactly(
                            TopicFacts.State.EXISTS, TopicFacts.State.TO_BE_CREATED, TopicFacts.State.NOT_USABLE);
            assertThat(facts.get(0).partitions())
                    .containsExactly(new TopicFacts.Partition(0, 1, 1, 1), new TopicFacts.Partition(1, 1, 1, 1));
            assertThat(facts.get(0).deviations()).isEmpty();
            assertThat(facts.get(0).rights().value()).contains(AclOperation.WRITE);
            assertThat(facts.get(0).configs().value()).containsEntry("min.insync.replicas", "1");
            assertThat(facts.get(1).configs().kind()).isEqualTo(Answer.Kind.NOT_FOUND);
            assertThat(facts.get(2).deviations())
                    .singleElement()
                    .extracting(Deviation::advice)
                    .isEqualTo("Declare at most as many replicas as there are brokers.");
        }
    }

    @Test
    void comparesWithTheDeclaration() throws Exception {
        Declared declared = Declared.topics(BROKER.bootstrapServers(), "verify", "orders", "gone")
                .topic("orders", "partitions=6");

        assertThat(read(declared.config()))
                .flatExtracting(TopicFacts::deviations)
                .extracting(Deviation::where)
                .containsExactly("topics.orders.partitions (kurier.properties:6)", "topics.gone");
    }

    @Test
    void readsWhatTheClusterReportsOfItself() throws Exception {
        PublisherConfig config = Declared.at(BROKER.bootstrapServers()).config();
        try (StartAdmin admin = new StartAdmin(config)) {
            ClusterSurvey survey = new ClusterSurvey(config, admin);
            ClusterFacts facts = survey.read();

            assertThat(facts.brokers()).singleElement().satisfies(broker -> {
                assertThat(broker.address()).isEqualTo(BROKER.bootstrapServers());
                assertThat(broker.configs().value()).containsKey("transaction.max.timeout.ms");
            });
            assertThat(facts.authorizer()).isEqualTo(Answer.known(false));
            assertThat(facts.quorum().value()).isEqualTo(new ClusterFacts.Quorum(1, 1, List.of()));
            assertThat(facts.features().map(ClusterFacts.Features::finalized).value())
                    .containsKey("metadata.version");
            assertThat(survey.knowsTransactionalId("unknown-0")).isEqualTo(Answer.known(false));
        }
    }

    @Test
    void readsThePositionsOfTopics() throws Exception {
        PublisherConfig config = Declared.at(BROKER.bootstrapServers()).config();
        try (TopicMeter meter = TopicMeter.connect(config, List.of("orders", "gone"))) {
            assertThat(meter.read()).isEqualTo(Map.of("orders", new TopicPosition(2, 0L, 0L)));
        }
    }

    private static List<TopicFacts> read(PublisherConfig config) throws InterruptedException {
        try (StartAdmin admin = new StartAdmin(config)) {
            return TopicSurvey.read(config, admin);
        }
    }
}
