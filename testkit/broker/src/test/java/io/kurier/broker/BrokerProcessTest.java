// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kurier.broker.proxy.FaultProxy;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broker in another JVM, which can be killed. */
class BrokerProcessTest {
    private static final int RECORDS = 100;

    @TempDir
    Path folder;

    @Test
    void keepsWhatItHasAcknowledgedWhenItIsKilledAndAProducerGoesOn() throws Exception {
        try (FaultProxy proxy = FaultProxy.start();
                BrokerProcess broker =
                        BrokerProcess.builder().advertisedPort(proxy.port()).start()) {
            proxy.target(broker.port());
            Map<String, String> client = Map.of("bootstrap.servers", proxy.address());
            Clients.createTopic(client, "letters");
            int port = broker.port();
            long first = broker.pid();
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            try (KafkaProducer<String, String> producer = Clients.producer(client)) {
                for (int i = 0; i < RECORDS; i++) {
                    if (i == RECORDS / 2) {
                        // the first have been acknowledged then, and the last perhaps not even been sent
                        sent.get(0).get(30, TimeUnit.SECONDS);
                        broker.kill();
                        assertThat(broker.isAlive()).isFalse();
                        assertThat(ProcessHandle.of(first)).isEmpty();
                        broker.restart();
                    }
                    sent.add(producer.send(new ProducerRecord<>("letters", String.valueOf(i))));
                }
                for (Future<RecordMetadata> one : sent) {
                    one.get(30, TimeUnit.SECONDS);
                }
            }

            assertThat(broker.isAlive()).isTrue();
            assertThat(broker.pid()).isNotEqualTo(first);
            assertThat(broker.port()).isEqualTo(port);
            assertThat(Clients.consume(client, "letters", RECORDS))
                    .containsExactlyElementsOf(IntStream.range(0, RECORDS)
                            .mapToObj(String::valueOf)
                            .toList());
        }
    }

    @Test
    void isWhatItIsToldToBeAndLeavesNothing() throws Exception {
        BrokerProcess broker =
                BrokerProcess.builder().property("num.partitions", "7").start();
        try (broker;
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            ConfigResource node = new ConfigResource(ConfigResource.Type.BROKER, "1");
            assertThat(admin.describeConfigs(List.of(node))
                            .all()
                            .get(30, TimeUnit.SECONDS)
                            .values())
                    .singleElement()
                    .satisfies(config -> {
                        assertThat(config.get("num.partitions").value()).isEqualTo("7");
                        assertThat(config.get("broker.session.timeout.ms").value())
                                .isEqualTo("2000");
                    });
            assertThatIllegalStateException().isThrownBy(broker::restart).withMessageContaining("kill it");
        }

        broker.close();

        assertThat(broker.isAlive()).isFalse();
        assertThat(broker.directory()).doesNotExist();
        assertThatIllegalStateException().isThrownBy(broker::restart).withMessageContaining("closed");
    }

    @Test
    void tellsWhatTheProcessSaidWhenItDoesNotStart() throws Exception {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(LoopbackSockets.address(0));

            assertThatExceptionOfType(BrokerStartException.class)
                    .isThrownBy(() -> BrokerProcess.builder()
                            .port(taken.getLocalPort())
                            .directory(folder)
                            .start()
                            .close())
                    .withMessageContaining("has ended")
                    .withMessageContaining("cannot listen on 127.0.0.1:" + taken.getLocalPort())
                    .withMessageNotContaining("\n");
        }
    }

    @Test
    void takesOptionsOfItsJvmInPlaceOfItsOwnAlsoWhenItIsRestarted() {
        try (BrokerProcess broker = BrokerProcess.builder()
                .jvmOptions("-Xmx300m", "-XX:+UseSerialGC")
                .start()) {
            String before = commandLine(broker);
            broker.kill();
            broker.restart();

            assertThat(List.of(before, commandLine(broker)))
                    .allSatisfy(line -> assertThat(line)
                            .contains("-Xmx300m", "-XX:+UseSerialGC")
                            .doesNotContain("-Xmx512m", "TieredStopAtLevel"));
        }
    }

    @Test
    void tellsOfAnOptionThatItsJvmDoesNotKnow() {
        assertThatExceptionOfType(BrokerStartException.class)
                .isThrownBy(() -> BrokerProcess.builder()
                        .jvmOptions("-XX:NoSuchOption=1")
                        .start()
                        .close())
                .withMessageContaining("NoSuchOption");
    }

    private static String commandLine(BrokerProcess broker) {
        ProcessHandle.Info info = ProcessHandle.of(broker.pid()).orElseThrow().info();
        assumeTrue(info.arguments().isPresent(), "this system does not tell the arguments of a process");
        return String.join(" ", info.arguments().orElseThrow());
    }

    @Test
    void refusesWhatALocalBrokerRefuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrokerProcess.builder().port(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrokerProcess.builder().property("listeners", "no"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "stopped"})
    void endsWhenItsParentIsDead(String state) throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DiesWithABroker.class.getName(),
                        folder.toString(),
                        state)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String said = new String(parent.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            long broker = Long.parseLong(said.strip());

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> ProcessHandle.of(broker).isEmpty());
        } finally {
            parent.destroyForcibly();
        }
    }

    /** A test run that is killed. */
    static final class DiesWithABroker {
        public static void main(String[] args) {
            BrokerProcess broker =
                    BrokerProcess.builder().directory(Path.of(args[0])).start();
            if (args[1].equals("stopped")) {
                broker.pause();
            }
            System.out.println(broker.pid());
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }
    }
}
