// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.broker.BrokerCluster;
import io.kurier.broker.BrokerProcess;
import io.kurier.broker.ClusterAdmin;
import io.kurier.core.Kurier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The partitioner {@code least-loaded} while one of three brokers is killed, whose partition has no other replica. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LeaderlessPartitionTest {
    private static final Topic<String, String> JOBS = Topic.of("jobs", String.class, String.class);
    private static final int RECORDS = 200;

    @Test
    void leastLoadedLeavesOutAPartitionThatHasLostItsLeader() {
        try (BrokerCluster cluster = BrokerCluster.start(3)) {
            Map<Integer, List<Integer>> replicas = Map.of(0, List.of(1), 1, List.of(2), 2, List.of(3));
            try (ClusterAdmin admin = ClusterAdmin.connect(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
                admin.createTopics(List.of(new NewTopic("jobs", replicas).configs(Map.of("min.insync.replicas", "1"))));
            }
            Map<String, String> keys = Map.of(
                    "bootstrap.servers", cluster.bootstrapServers(),
                    "topics.jobs.value.serializer", "text",
                    "topics.jobs.partitioner", "least-loaded",
                    "topics.jobs.partitioner.batch.bytes", "1");
            try (Publisher publisher = Kurier.start(keys, JOBS)) {
                assertThat(partitionsOf(publish(publisher, RECORDS))).containsExactlyInAnyOrder(0, 1, 2);

                BrokerProcess killed = cluster.brokers().get(1);
                assertThat(killed.nodeId()).isEqualTo(2);
                killed.kill();

                // Records that go to the dead broker before the producer knows wait there; later ones do not.
                await().atMost(Duration.ofMinutes(2)).until(() -> areStored(publish(publisher, RECORDS)));
                assertThat(partitionsOf(publish(publisher, RECORDS))).containsExactlyInAnyOrder(0, 2);

                killed.restart(); // so that the close finds a leader for what still waits
            }
        }
    }

    private static List<CompletableFuture<Receipt>> publish(Publisher publisher, int records) {
        return Stream.generate(() -> publisher.publish(JOBS, null, "v"))
                .limit(records)
                .toList();
    }

    private static boolean areStored(List<CompletableFuture<Receipt>> published) {
        try {
            CompletableFuture.allOf(published.toArray(CompletableFuture<?>[]::new))
                    .get(3, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false; // one of them waits for the dead broker
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Set<Integer> partitionsOf(List<CompletableFuture<Receipt>> published) {
        Set<Integer> partitions = new TreeSet<>();
        published.forEach(each -> partitions.add(each.join().partition()));
        return partitions;
    }
}
