// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBrokerTest {

    @TempDir
    Path folder;

    @Test
    void storesAndServesRecords() throws Exception {
        try (LocalBroker broker = LocalBroker.start()) {
            assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + broker.port());
            Clients.createTopic(broker, "greetings");
            Clients.produce(broker, "greetings", "hello");

            assertThat(Clients.consume(broker, "greetings", 1)).containsExactly("hello");
        }
    }

    @Test
    void keepsItsClusterItsTopicsAndItsRecordsInADirectoryOfItsOwner() throws Exception {
        Path data = folder.resolve("made/by/the/broker");
        String cluster;
        try (LocalBroker broker = LocalBroker.builder().directory(data).start()) {
            assertThat(broker.directory()).isEqualTo(data.toRealPath());
            cluster = Clients.clusterId(broker);
            Clients.createTopic(broker, "greetings");
            Clients.produce(broker, "greetings", "before");
            assertThat(Clients.consume(broker, "greetings", 1)).containsExactly("before");
        }
        try (LocalBroker broker = LocalBroker.builder().directory(data).start()) {
            assertThat(Clients.clusterId(broker)).isEqualTo(cluster);
            Clients.produce(broker, "greetings", "after");
            // the group's offset was kept as well
            assertThat(Clients.consume(broker, "greetings", 1)).containsExactly("after");
        }
    }

    @Test
    void runsBesideAnotherBrokerInTheSameJvm() throws Exception {
        LocalBroker one = LocalBroker.start();
        try (LocalBroker two = LocalBroker.start()) {
            Clients.createTopic(one, "only-in-one");
            Clients.createTopic(two, "only-in-two");
            one.close();
            Clients.produce(two, "only-in-two", "still here");

            assertThat(two.port()).isNotEqualTo(one.port());
            assertThat(Clients.topics(two)).containsExactly("only-in-two");
            assertThat(Clients.consume(two, "only-in-two", 1)).containsExactly("still here");
        }
    }

    @Test
    void startsTenTimesInARow() throws Exception {
        Set<Path> directories = new HashSet<>();
        for (int round = 0; round < 10; round++) {
            try (LocalBroker broker = LocalBroker.start()) {
                directories.add(broker.directory());
                Clients.createTopic(broker, "round");
                Clients.produce(broker, "round", "value");
                assertThat(Clients.topics(broker)).containsExactly("round");
            }
        }

        assertThat(directories).hasSize(10).noneMatch(Files::exists);
    }

    @Test
    void takesTheSamePortAgainAfterClosing() throws Exception {
        int port;
        try (LocalBroker broker = LocalBroker.start()) {
            port = broker.port();
            Clients.createTopic(broker, "connections-leave-the-port-in-time-wait");
        }
        try (LocalBroker broker = LocalBroker.builder().port(port).start()) {
            assertThat(broker.port()).isEqualTo(port);
            assertThat(Clients.topics(broker)).isEmpty();
        }
    }

    @Test
    void leavesNoThreadThatKeepsTheJvmAliveAndNoFile() throws Exception {
        Set<Thread> before = nonDaemons();
        LocalBroker broker = LocalBroker.start();
        Clients.createTopic(broker, "greetings");
        Clients.produce(broker, "greetings", "hello");
        assertThat(nonDaemons()).as("the broker has such threads while it runs").hasSizeGreaterThan(before.size());

        broker.close();

        assertThat(broker.directory()).doesNotExist();
        Set<Thread> left = nonDaemons();
        left.removeAll(before);
        assertThat(left).isEmpty();
    }

    @Test
    void closesTwiceAndFromTwoThreadsAtOnce() throws Exception {
        LocalBroker broker = LocalBroker.start();
        Thread other = new Thread(broker::close, "another-closer");
        other.start();
        broker.close();
        assertThat(broker.directory()).doesNotExist();

        other.join(TimeUnit.SECONDS.toMillis(30));
        broker.close();

        assertThat(other.isAlive()).isFalse();
    }

    @Test
    void startsAndClosesWhollyInAThreadThatIsInterruptedAndKeepsTheInterrupt() {
        Thread.currentThread().interrupt();
        LocalBroker broker = LocalBroker.start();
        assertThat(Thread.interrupted()).isTrue();

        Thread.currentThread().interrupt();
        broker.close();
        assertThat(Thread.interrupted()).isTrue();

        assertThat(broker.directory()).doesNotExist();
    }

    @Test
    void doesNotMakeTopicsOnFirstUse() throws Exception {
        try (LocalBroker broker = LocalBroker.start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> admin.describeTopics(List.of("missing"))
                            .allTopicNames()
                            .get(30, TimeUnit.SECONDS))
                    .withCauseInstanceOf(UnknownTopicOrPartitionException.class);
            assertThat(Clients.topics(broker)).isEmpty();
        }
    }

    @Test
    void takesBrokerPropertiesOverItsOwnDefaults() throws Exception {
        try (LocalBroker broker =
                        LocalBroker.builder().property("num.partitions", "7").start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            ConfigResource node = new ConfigResource(ConfigResource.Type.BROKER, "1");

            Config config = admin.describeConfigs(List.of(node))
                    .all()
                    .get(30, TimeUnit.SECONDS)
                    .values()
                    .iterator()
                    .next();

            assertThat(config.get("num.partitions").value()).isEqualTo("7");
            assertThat(config.get("auto.create.topics.enable").value()).isEqualTo("false");
        }
    }

    @Test
    void refusesPropertiesThatItDecidesItself() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalBroker.builder().property("listeners", "PLAINTEXT://0.0.0.0:9092"))
                .withMessageContaining("listeners")
                .withMessageContaining("set by LocalBroker");
    }

    @Test
    void refusesAPortThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalBroker.builder().port(65_536))
                .withMessageContaining("65536");
    }

    @Test
    void listensOnTheLoopbackInterfaceOnly() throws Exception {
        try (LocalBroker broker = LocalBroker.start();
                Socket loopback = new Socket()) {
            loopback.connect(LoopbackSockets.address(broker.port()));
            assertThat(loopback.isConnected()).isTrue();

            InetSocketAddress otherLocalAddress =
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), broker.port());
            // all of 127/8 is this machine: a socket bound to every address would answer here
            try (Socket other = new Socket()) {
                assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> other.connect(otherLocalAddress));
            }
        }
    }

    private static Set<Thread> nonDaemons() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && !thread.isDaemon())
                .collect(Collectors.toSet());
    }
}
