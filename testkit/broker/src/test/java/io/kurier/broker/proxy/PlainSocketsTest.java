// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the proxy does to frames and to connections, byte by byte, without Kafka's patience on either side. */
class PlainSocketsTest {
    private final FaultProxy proxy = FaultProxy.start(42);
    private final Plain broker;

    PlainSocketsTest() throws IOException {
        broker = new Plain();
    }

    @BeforeEach
    void targetTheBroker() {
        proxy.target(broker.port());
    }

    @AfterEach
    void closeAll() throws IOException {
        proxy.close();
        broker.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("kurier-proxy-" + proxy.port()));
    }

    @Test
    void tellsWhereItIsWhereItGoesAndItsSeed() {
        assertThat(proxy.address()).isEqualTo("127.0.0.1:" + proxy.port());
        assertThat(proxy)
                .hasToString("FaultProxy[" + proxy.address() + " to 127.0.0.1:" + broker.port() + ", seed 42]");
        assertThat(proxy.seed()).isEqualTo(42);
    }

    @Test
    void passesARequestOnWhenItIsWhole() throws IOException {
        byte[] first = Plain.request(ApiKeys.PRODUCE, 1, 50);
        try (Socket client = Plain.connect(proxy)) {
            for (byte one : first) {
                client.getOutputStream().write(one);
            }
            assertThat(Plain.answer(client)).isEqualTo(1);

            client.getOutputStream().write(Arrays.copyOf(Plain.request(ApiKeys.PRODUCE, 2, 50), 30));
        }

        await().untilAsserted(() -> assertThat(broker.ended()).isEqualTo(1));
        assertThat(broker.received()).containsExactly(1);
    }

    @Test
    void matchesAnswersBehindARequestThatGetsNone() throws IOException {
        proxy.dropAcks(ApiKeys.FETCH);
        try (Socket client = Plain.connect(proxy)) {
            Plain.send(client, ApiKeys.PRODUCE, Plain.WITHOUT_ANSWER);
            Plain.send(client, ApiKeys.PRODUCE, 2);
            assertThat(Plain.answer(client)).isEqualTo(2);
            Plain.send(client, ApiKeys.PRODUCE, Plain.WITHOUT_ANSWER);
            Plain.send(client, ApiKeys.FETCH, 3);

            await().until(() -> proxy.hits(Fault.DROP_ACKS) == 1);
        }
    }

    @Test
    void staysSilentBehindAnAnswerThatIsLostUntilItIsHealed() throws IOException {
        proxy.dropAcks(ApiKeys.PRODUCE, 1);
        try (Socket client = Plain.connect(proxy)) {
            Plain.send(client, ApiKeys.METADATA, 1);
            Plain.send(client, ApiKeys.PRODUCE, 2);
            Plain.send(client, ApiKeys.PRODUCE, 3);
            await().until(() -> broker.received().equals(List.of(1, 2, 3)));
            await().until(() -> proxy.hits(Fault.DROP_ACKS) == 1);
            assertThat(Plain.answer(client)).isEqualTo(1);

            proxy.heal();

            assertReset(client);
        }
        assertThat(proxy.hits(Fault.DROP_ACKS)).isEqualTo(1);
    }

    @Test
    void staysSilentBehindARequestThatIsLost() throws IOException {
        proxy.dropRequests(ApiKeys.PRODUCE, 1);
        try (Socket client = Plain.connect(proxy);
                Socket other = Plain.connect(proxy)) {
            Plain.send(client, ApiKeys.METADATA, 1);
            Plain.send(client, ApiKeys.PRODUCE, 2);
            Plain.send(client, ApiKeys.PRODUCE, 3);
            await().until(() -> proxy.hits(Fault.DROP_REQUESTS) == 1);
            Plain.send(other, ApiKeys.PRODUCE, 4);

            assertThat(Plain.answer(client)).isEqualTo(1);
            assertThat(Plain.answer(other)).isEqualTo(4);
        }
        assertThat(broker.received()).containsExactlyInAnyOrder(1, 4);
    }

    @Test
    void deliversWhatItHoldsInOrderAfterItsClientHasGone() throws IOException {
        proxy.hold(ApiKeys.PRODUCE);
        try (Socket client = Plain.connect(proxy)) {
            Plain.send(client, ApiKeys.METADATA, 1);
            Plain.send(client, ApiKeys.PRODUCE, 2);
            Plain.send(client, ApiKeys.METADATA, 3);
            Plain.send(client, ApiKeys.PRODUCE, 4);
            assertThat(Plain.answer(client)).isEqualTo(1);
            await().until(() -> proxy.held() == 2);
        }
        try (Socket other = Plain.connect(proxy)) {
            Plain.send(other, ApiKeys.METADATA, 5);
            assertThat(Plain.answer(other)).isEqualTo(5);
        }
        await().until(() -> broker.ended() == 1);

        assertThat(proxy.release()).isEqualTo(2);

        await().until(() -> proxy.answered() == 2);
        assertThat(broker.received()).containsExactly(1, 5, 2, 3, 4);
        assertThat(proxy.held()).isZero();
        assertThat(proxy.hits(Fault.HOLD)).isEqualTo(2);
        await().until(() -> broker.ended() == 2);
    }

    @Test
    void deliversWhatItHoldsAfterAReset() throws IOException {
        proxy.hold(ApiKeys.PRODUCE, 1);
        try (Socket client = Plain.connect(proxy)) {
            Plain.send(client, ApiKeys.PRODUCE, 1);
            await().until(() -> proxy.held() == 1);

            proxy.reset();

            assertReset(client);
        }
        proxy.heal();

        await().until(() -> proxy.answered() == 1);
        assertThat(broker.received()).containsExactly(1);
    }

    @Test
    void answersAClientThatHasWaitedForWhatIsHeld() throws IOException {
        proxy.hold(ApiKeys.PRODUCE, 1);
        try (Socket client = Plain.connect(proxy)) {
            Plain.send(client, ApiKeys.PRODUCE, 1);
            await().until(() -> proxy.held() == 1);

            assertThat(proxy.release()).isEqualTo(1);

            assertThat(Plain.answer(client)).isEqualTo(1);
        }
    }

    @Test
    void resetsBothSides() throws IOException {
        try (Socket client = connected()) {
            proxy.reset();

            assertReset(client);
            await().until(() -> broker.ended() == 1);
        }
        assertThat(proxy.hits(Fault.RESET)).isEqualTo(1);
    }

    @Test
    void resetsInPlaceOfAnAnswerByChance() throws IOException {
        proxy.chance(Fault.RESET, ApiKeys.PRODUCE, 1);
        try (Socket client = connected()) {
            Plain.send(client, ApiKeys.PRODUCE, 1);

            assertReset(client);
        }
        assertThat(broker.received()).containsExactly(0, 1);
    }

    @Test
    void endsTheStreamTowardsTheClientOnly() throws IOException {
        try (Socket client = connected()) {
            proxy.halfClose(Direction.TO_CLIENT);

            assertThat(client.getInputStream().read()).isEqualTo(-1);
            Plain.send(client, ApiKeys.METADATA, 1);
            await().until(() -> broker.received().contains(1));
        }
        assertThat(proxy.hits(Fault.HALF_CLOSE)).isEqualTo(1);
    }

    @Test
    void endsTheStreamTowardsTheBroker() throws IOException {
        try (Socket client = connected()) {
            proxy.halfClose(Direction.TO_BROKER);

            await().until(() -> broker.ended() == 1);
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void refusesNewConnectionsOnly() throws IOException {
        try (Socket before = connected()) {
            proxy.refuse();
            try (Socket refused = Plain.connect(proxy)) {
                assertReset(refused);
            }
            Plain.send(before, ApiKeys.METADATA, 1);
            assertThat(Plain.answer(before)).isEqualTo(1);
            assertThat(proxy.hits(Fault.REFUSE)).isEqualTo(1);

            proxy.heal();
            connected().close();
        }
    }

    @Test
    void refusesWhenThereIsNoBroker() throws IOException {
        try (FaultProxy nowhere = FaultProxy.start();
                Socket client = Plain.connect(nowhere)) {
            assertReset(client);
            assertThat(nowhere.toString()).contains("nowhere yet");
        }
        try (Socket held = new Socket()) {
            // bound and not listening: nobody can listen there meanwhile
            held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            proxy.target(held.getLocalPort());
            try (Socket client = Plain.connect(proxy)) {
                assertReset(client);
            }
        }
    }

    @Test
    void sendsNewConnectionsToANewTarget() throws IOException {
        try (Socket before = connected();
                Plain other = new Plain()) {
            proxy.target(other.port());
            connected().close();
            Plain.send(before, ApiKeys.METADATA, 1);

            assertThat(Plain.answer(before)).isEqualTo(1);
            assertThat(other.received()).containsExactly(0);
            assertThat(broker.received()).containsExactly(0, 1);
        }
    }

    @Test
    void resetsWhatIsNotKafka() throws IOException {
        try (Socket client = Plain.connect(proxy)) {
            client.getOutputStream().write(new byte[] {0x16, 0x03, 0x01, 0x02, 0x00, 0x01});

            assertReset(client);
        }
    }

    @Test
    void keepsTheOrderUnderADelayThatVaries() throws IOException {
        proxy.latency(Duration.ofMillis(10), Duration.ofMillis(10));
        try (Socket client = Plain.connect(proxy)) {
            for (int id = 1; id <= 50; id++) {
                Plain.send(client, ApiKeys.METADATA, id);
            }
            for (int id = 1; id <= 50; id++) {
                assertThat(Plain.answer(client)).isEqualTo(id);
            }
        }
        assertThat(proxy.hits(Fault.LATENCY)).isEqualTo(100);
    }

    @Test
    void hurriesWhatIsDelayedWhenItIsHealed() throws IOException {
        proxy.latency(Direction.TO_BROKER, Duration.ofDays(1), Duration.ZERO);
        proxy.bandwidth(Direction.TO_CLIENT, 1);
        try (Socket client = Plain.connect(proxy)) {
            Plain.send(client, ApiKeys.METADATA, 1);
            await().until(() -> proxy.hits(Fault.LATENCY) == 1);

            proxy.heal();

            assertThat(Plain.answer(client)).isEqualTo(1);
        }
    }

    @Test
    void sparesWhatWasToBeLostWhenItIsHealedBefore() throws IOException {
        proxy.latency(Direction.TO_BROKER, Duration.ofDays(1), Duration.ZERO);
        proxy.dropAcks(ApiKeys.PRODUCE);
        try (Socket client = Plain.connect(proxy)) {
            Plain.send(client, ApiKeys.PRODUCE, 1);
            await().until(() -> proxy.hits(Fault.LATENCY) == 1);

            proxy.heal();

            assertThat(Plain.answer(client)).isEqualTo(1);
        }
        assertThat(proxy.hits(Fault.DROP_ACKS)).isZero();
    }

    @Test
    void closesWhileItHoldsDelaysAndSlowsDown() throws IOException {
        proxy.hold(ApiKeys.PRODUCE);
        proxy.latency(Direction.TO_BROKER, Duration.ofDays(1), Duration.ZERO);
        proxy.bandwidth(Direction.TO_CLIENT, 1);
        try (Socket held = Plain.connect(proxy);
                Socket delayed = Plain.connect(proxy)) {
            Plain.send(held, ApiKeys.PRODUCE, 1);
            Plain.send(delayed, ApiKeys.METADATA, 2);
            await().until(() -> proxy.held() == 1 && proxy.hits(Fault.LATENCY) == 2);

            proxy.close();
            proxy.close();

            await().until(() -> broker.ended() == 2);
        }
        assertThat(broker.received()).isEmpty();
    }

    @Test
    void leavesNoThreadOfAConnectionThatHasEnded() throws IOException {
        connected().close();

        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("kurier-proxy-" + proxy.port()))
                .hasSize(1));
    }

    /** A hundred proxies, since it is the scheduler that decides how far a connection's threads are at the close. */
    @Test
    void waitsAtItsCloseForConnectionsThatBeginOrEnd() throws IOException {
        for (int round = 0; round < 100; round++) {
            FaultProxy closing = FaultProxy.start(round);
            closing.target(broker.port());
            for (int i = 0; i < 4; i++) {
                Plain.connect(closing).close();
            }
            Socket beginning = Plain.connect(closing);

            closing.close();

            beginning.close();
            assertThat(Thread.getAllStackTraces().keySet())
                    .as("round %d", round)
                    .noneMatch(thread -> thread.getName().startsWith("kurier-proxy-" + closing.port()));
        }
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> proxy.target(0));
        assertThatIllegalArgumentException().isThrownBy(() -> proxy.slice(0));
        assertThatIllegalArgumentException().isThrownBy(() -> proxy.bandwidth(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> proxy.latency(Duration.ofMillis(1), Duration.ofMillis(2)));
    }

    /** A connection that goes through to the broker. */
    private Socket connected() throws IOException {
        Socket client = Plain.connect(proxy);
        Plain.send(client, ApiKeys.METADATA, 0);
        assertThat(Plain.answer(client)).isZero();
        return client;
    }

    private static void assertReset(Socket client) {
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> client.getInputStream().read())
                .withMessageContaining("reset");
    }
}
