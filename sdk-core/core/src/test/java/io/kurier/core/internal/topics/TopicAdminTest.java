// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kurier.StartException;
import io.kurier.broker.LocalBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A start and a cluster that does not answer, or has a trap. */
@Timeout(60)
class TopicAdminTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void saysThatNoBrokerAnswers() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
            port = free.getLocalPort();
        }

        assertThatThrownBy(() ->
                        Declared.topics("127.0.0.1:" + port, "verify", "orders").establish())
                .isInstanceOf(StartException.class)
                .hasMessage("no broker answered at 127.0.0.1:" + port
                        + " within 6 s (bootstrap.servers (kurier.properties:1)); nothing listens at 127.0.0.1:" + port
                        + "; check the address and that the broker is running");
        assertNoAdminClient("no-broker");
    }

    @Test
    void saysThatAnAddressCannotBeResolved() {
        assertThatThrownBy(() ->
                        Declared.topics("host.invalid:9092", "verify", "orders").establish())
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith(
                        "bootstrap.servers (kurier.properties:1): the name host.invalid cannot be resolved");
    }

    @Test
    void endsWithAnInterruptAndKeepsIt() throws Exception {
        ExecutorService starter = Executors.newSingleThreadExecutor();
        try (ServerSocket silent = new ServerSocket(0, 1, LOOPBACK)) {
            AtomicReference<Thread> starting = new AtomicReference<>();
            Future<String> message = starter.submit(() -> {
                starting.set(Thread.currentThread());
                try {
                    Declared.topics("127.0.0.1:" + silent.getLocalPort(), "verify", "orders")
                            .line("client.id=interrupted")
                            .establish();
                    return "started";
                } catch (StartException e) {
                    return Thread.currentThread().isInterrupted() + ": " + e.getMessage();
                }
            });
            try (Socket unanswered = silent.accept()) {
                assertThat(unanswered.isConnected()).isTrue();
                requireNonNull(starting.get()).interrupt();
                assertThat(message.get())
                        .isEqualTo("true: interrupted while waiting for the cluster at 127.0.0.1:"
                                + silent.getLocalPort() + " to describe the cluster");
            }
        } finally {
            starter.shutdownNow();
        }
        assertNoAdminClient("interrupted");
    }

    @Test
    void warnsOnceOfBrokersThatCreateTopicsByThemselves() throws Exception {
        try (LocalBroker broker = LocalBroker.builder()
                .property("auto.create.topics.enable", "true")
                .start()) {
            assertThat(loggedBy(() -> Declared.topics(broker.bootstrapServers(), "create", "orders", "clicks")
                            .establish()))
                    .containsOnlyOnce("WARN")
                    .contains("The brokers at " + broker.bootstrapServers()
                            + " create topics by themselves (auto.create.topics.enable=true)");
            assertThat(loggedBy(() -> Declared.topics(broker.bootstrapServers(), "verify", "orders", "clicks")
                            .establish()))
                    .containsOnlyOnce("WARN");
            assertThat(loggedBy(() -> Declared.topics(broker.bootstrapServers(), "off", "orders")
                            .establish()))
                    .isEmpty();
        }
    }

    @Test
    void doesNotWarnOfBrokersThatCreateNothing() throws Exception {
        try (LocalBroker broker = LocalBroker.start()) {
            assertThat(loggedBy(() -> Declared.topics(broker.bootstrapServers(), "create", "orders")
                            .establish()))
                    .isEmpty();
        }
    }

    /** What the topics' part of the start logs; simplelogger.properties lets all of it through. */
    private static String loggedBy(Callable<?> work) throws Exception {
        PrintStream err = System.err;
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        System.setErr(new PrintStream(text, true, StandardCharsets.UTF_8));
        try {
            work.call();
        } finally {
            System.setErr(err);
        }
        return String.join(
                "\n",
                text.toString(StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.contains("io.kurier.core.internal.topics"))
                        .toList());
    }

    private static void assertNoAdminClient(String clientId) {
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .noneMatch(thread -> thread.startsWith("kafka-admin-client-thread") && thread.contains(clientId)));
    }
}
