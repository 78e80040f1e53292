// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a start asks of the cluster, it does not wait for a minute where no broker answers. */
@Timeout(90)
class StartWithoutBrokerTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);

    /** The promise is six seconds; the old limit was a minute. */
    private static final Duration LONGEST = Duration.ofSeconds(25);

    /** What a start needs a broker for. */
    enum Need {
        TOPICS(Map.of("topics.management", "verify")),
        TRANSACTIONS(Map.of("topics.management", "off", "application.id", "shop")),
        RECORD_IDS(Map.of("topics.management", "off", "topics.orders.record.id", "true")),
        BOTH(Map.of("topics.management", "off", "topics.orders.record.id", "true", "application.id", "shop"));

        private final Map<String, String> keys;

        Need(Map<String, String> keys) {
            this.keys = keys;
        }
    }

    static Stream<Arguments> all() {
        return Arrays.stream(Need.values()).flatMap(need -> Stream.of(Arguments.of(need, 0), Arguments.of(need, 50)));
    }

    /** @param backlog how many connections are accepted, of which nobody hears anything; 0 for a port that refuses all */
    @ParameterizedTest
    @MethodSource("all")
    void endsSoonAndNamesTheAddress(Need need, int backlog) throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            if (backlog == 0) {
                silent.close();
            }
            String address = "127.0.0.1:" + silent.getLocalPort();
            Map<String, String> keys = new HashMap<>(need.keys);
            keys.put("bootstrap.servers", address);
            keys.put("client.id", "no-broker");
            keys.put("topics.orders.value.serializer", "text");
            long begin = System.nanoTime();

            StartException refused = requireNonNull(catchThrowableOfType(
                    StartException.class, () -> Kurier.start(keys, ORDERS).close()));

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONGEST);
            assertThat(refused).hasMessageStartingWith("no broker answered at " + address + " within 6 s");
        }
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().contains("no-broker")));
    }

    @Test
    void waitsForABrokerThatComesLater() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Map<String, String> keys = Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + port,
                "start.max.wait.ms",
                "80000",
                "topics.management",
                "create",
                "topics.orders.value.serializer",
                "text");
        CompletableFuture<Publisher> started = CompletableFuture.supplyAsync(() -> Kurier.start(keys, ORDERS));
        // past the first attempt, which alone would have been the end
        await().pollDelay(Duration.ofSeconds(7)).until(() -> !started.isDone());
        try (LocalBroker broker = LocalBroker.builder().port(port).start()) {
            assertThat(broker.port()).isEqualTo(port);
            try (Publisher publisher = started.join()) {
                assertThat(publisher.publish(ORDERS, "k", "v").join().hasOffset())
                        .isTrue();
            }
        }
    }

    @Test
    void doesNotWaitForWhatIsWrong() {
        try (LocalBroker broker = LocalBroker.start()) {
            Map<String, String> keys = new HashMap<>(broker.clientProperties());
            keys.put("start.max.wait.ms", "2147483647");
            keys.put("topics.orders.value.serializer", "text");
            assertThatThrownBy(() -> Kurier.start(keys, ORDERS).close()).hasMessageContaining("does not exist");
        }
    }
}
