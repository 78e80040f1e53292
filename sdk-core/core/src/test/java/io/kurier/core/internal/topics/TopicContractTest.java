// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.StartException;
import io.kurier.broker.ClusterAdmin;
import io.kurier.broker.LocalBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a start makes of the topics of a real broker; {@link TopicErrorsTest} has its words. */
@Timeout(120)
class TopicContractTest {
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final LocalBroker BROKER = LocalBroker.start();
    private static final ClusterAdmin ADMIN = ClusterAdmin.connect(BROKER.clientProperties());

    private final String name = "t" + NAMES.incrementAndGet();

    @AfterAll
    static void stop() {
        ADMIN.close();
        BROKER.close();
    }

    @Test
    void createsWhatIsDeclaredAndVerifiesItFromThenOn() {
        String[] declared = {"partitions=4", "replication.factor=1", "config.retention.ms=123456"};

        assertThat(declare("create", name).topic(name, declared).establish()).isEqualTo(Map.of(name, 4));
        assertThat(declare("verify", name).topic(name, declared).establish()).isEqualTo(Map.of(name, 4));
    }

    @Test
    void leavesToTheBrokerWhatIsNotDeclared() {
        assertThat(declare("create", name).establish()).isEqualTo(Map.of(name, 1));
        create(name + "-large", 3);
        assertThat(declare("verify", name + "-large").establish()).isEqualTo(Map.of(name + "-large", 3));
    }

    @Test
    void takesConfigsAsTheBrokerReadsThem() {
        declare("create", name)
                .topic(
                        name,
                        "config.cleanup.policy=compact,delete",
                        "config.retention.ms=1000",
                        "config.preallocate=true",
                        "config.min.cleanable.dirty.ratio=0.25")
                .establish();

        assertThat(declare("verify", name)
                        .topic(
                                name,
                                "config.cleanup.policy=delete, compact",
                                "config.retention.ms=+1000",
                                "config.preallocate=TRUE",
                                "config.min.cleanable.dirty.ratio=0.250")
                        .establish())
                .containsKey(name);
    }

    @Test
    void raisesPartitionsOnRequestAndNotOtherwise() throws Exception {
        create(name, 2);

        assertThatThrownBy(() ->
                        declare("create", name).topic(name, "partitions=5").establish())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("topics." + name + ".partitions.increase=true");
        assertThatThrownBy(() -> declare("verify", name)
                        .topic(name, "partitions=5", "partitions.increase=true")
                        .establish())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("only with topics.management=create");
        assertThat(partitions(name)).isEqualTo(2);

        assertThat(declare("create", name)
                        .topic(name, "partitions=5", "partitions.increase=true")
                        .establish())
                .isEqualTo(Map.of(name, 5));
        assertThat(partitions(name)).isEqualTo(5);
    }

    @Test
    void neverLowersPartitions() throws Exception {
        create(name, 3);

        assertThatThrownBy(() -> declare("create", name)
                        .topic(name, "partitions=2", "partitions.increase=true")
                        .establish())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("Partitions cannot be taken away");
        assertThat(partitions(name)).isEqualTo(3);
    }

    @Test
    void changesNothingIfSomethingElseIsWrong() throws Exception {
        create(name + "-small", 1);
        create(name + "-other", 2);
        Declared declared = declare("create", name + "-missing", name + "-small", name + "-other")
                .topic(name + "-small", "partitions=3", "partitions.increase=true")
                .topic(name + "-other", "partitions=1");

        assertThatThrownBy(declared::establish)
                .isInstanceOfSatisfying(
                        StartException.class, e -> assertThat(e.problems()).hasSize(1));

        assertThat(ADMIN.kafka().listTopics().names().get()).doesNotContain(name + "-missing");
        assertThat(partitions(name + "-small")).isEqualTo(1);
    }

    @Test
    void changesNothingIfTheClusterRefusesOneOfTheChanges() throws Exception {
        Declared declared =
                declare("create", name, name + "-refused").topic(name + "-refused", "config.retention.ms=never");

        assertThatThrownBy(declared::establish).isInstanceOf(StartException.class);

        assertThat(ADMIN.kafka().listTopics().names().get()).doesNotContain(name, name + "-refused");
    }

    @Test
    void startsManyPublishersOfTheSameNewTopicsAtOnce() throws Exception {
        String[] names = {name + "-a", name + "-b", name + "-c"};
        Map<String, Integer> six = Map.of(names[0], 6, names[1], 6, names[2], 6);

        assertThat(atOnce(8, () -> {
                    Declared declared = declare("create", names);
                    for (String each : names) {
                        declared.topic(each, "partitions=6", "config.retention.ms=1000");
                    }
                    return declared.establish();
                }))
                .containsOnly(six);
    }

    @Test
    void startsManyPublishersThatRaiseTheSameTopicAtOnce() throws Exception {
        create(name, 1);

        assertThat(atOnce(
                        8,
                        () -> declare("create", name)
                                .topic(name, "partitions=6", "partitions.increase=true")
                                .establish()))
                .containsOnly(Map.of(name, 6));
        assertThat(partitions(name)).isEqualTo(6);
    }

    @Test
    void createsATopicAgainThatIsDeletedMeanwhile() throws Exception {
        ExecutorService deleter = Executors.newSingleThreadExecutor();
        try {
            int deleted = 0;
            while (deleted < 2) {
                AtomicBoolean started = new AtomicBoolean();
                Future<Boolean> once = deleter.submit(() -> {
                    while (!started.get()) {
                        if (delete(name)) {
                            return true;
                        }
                    }
                    return false;
                });
                assertThat(declare("create", name).topic(name, "partitions=3").establish())
                        .isEqualTo(Map.of(name, 3));
                started.set(true);
                deleted += once.get() ? 1 : 0;
            }
        } finally {
            deleter.shutdownNow();
        }
    }

    @Test
    void asksNothingWhereManagementIsOff() {
        assertThat(Declared.topics("127.0.0.1:1", "off", name).establish()).isEmpty();
    }

    @Test
    void asksTheSameNumberOfQuestionsForFiftyTopicsAsForOne() {
        String[] fifty = IntStream.range(0, 50).mapToObj(i -> name + "-" + i).toArray(String[]::new);
        Declared one = declare("verify", fifty[0]).topic(fifty[0], "partitions=2", "config.retention.ms=1000");
        Declared all = declare("verify", fifty);
        Declared created = declare("create", fifty);
        for (String each : fifty) {
            all.topic(each, "partitions=2", "config.retention.ms=1000");
            created.topic(each, "partitions=2", "config.retention.ms=1000");
        }
        assertThat(created.establish()).hasSize(50);

        for (Declared declared : List.of(one, all)) {
            assertThat(RequestCounter.during(declared::startAndClose))
                    .containsEntry("DescribeTopicPartitions", 1L)
                    .containsEntry("DescribeConfigs", 2L) // of topics, and of a broker
                    // clients ask for these again when time has passed, or when a leader has just been elected
                    .hasEntrySatisfying(
                            "ListOffsets", count -> assertThat(count).isBetween(1L, 9L))
                    .hasEntrySatisfying("Metadata", count -> assertThat(count).isBetween(1L, 9L));
        }
    }

    private static Declared declare(String management, String... names) {
        return Declared.topics(BROKER.bootstrapServers(), management, names);
    }

    private static void create(String topic, int partitions) {
        ADMIN.createTopic(topic, partitions);
    }

    /** Waits for nothing: the topic may be there again at once. */
    private static boolean delete(String topic) throws InterruptedException, ExecutionException {
        try {
            ADMIN.kafka().deleteTopics(List.of(topic)).all().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    private static int partitions(String topic) throws Exception {
        return ADMIN.kafka().describeTopics(Set.of(topic)).allTopicNames().get().values().stream()
                .mapToInt(description -> description.partitions().size())
                .sum();
    }

    private static <T> List<T> atOnce(int threads, Callable<T> work) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(pool.submit(() -> {
                    barrier.await();
                    return work.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
