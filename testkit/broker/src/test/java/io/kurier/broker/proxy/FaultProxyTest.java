// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What each fault does to Kafka's own clients, with a real broker behind the proxy. */
class FaultProxyTest {
    private static final long SEED = 20_261_124;
    /** Not in these tests' time. */
    private static final int NEVER_MS = 600_000;

    private static final int SOON_MS = 300;
    private static final int SOME_TRIES_MS = 1_500;

    private static Net net;
    private static FaultProxy proxy;
    private String topic = "";

    @BeforeAll
    static void start() {
        net = new Net(SEED);
        proxy = net.proxy;
        System.out.println(proxy);
    }

    @AfterAll
    static void close() {
        net.close();
    }

    @BeforeEach
    void makeATopic(TestInfo test) throws Exception {
        topic = test.getTestMethod().orElseThrow().getName();
        net.createTopic(topic);
    }

    @AfterEach
    void heal() {
        proxy.heal();
    }

    @Test
    void losesAnswersToWhatIsDone() throws Exception {
        long before = proxy.hits(Fault.DROP_ACKS);
        try (KafkaProducer<String, String> producer = net.producer(SOON_MS, SOME_TRIES_MS)) {
            Net.send(producer, topic, "before");
            proxy.dropAcks(ApiKeys.PRODUCE);
            timesOut(producer, "done");
        }
        assertThat(proxy.hits(Fault.DROP_ACKS)).isGreaterThan(before);

        proxy.heal();

        assertThat(net.stored(topic)).containsExactly("before", "done");
    }

    @Test
    void losesOneAnswerAndTheIdempotentRetryStoresNothingTwice() throws Exception {
        proxy.dropAcks(ApiKeys.PRODUCE, 1);
        long before = proxy.hits(Fault.DROP_ACKS);
        try (KafkaProducer<String, String> producer = net.producer(SOON_MS, NEVER_MS)) {
            Net.send(producer, topic, "once");
        }

        assertThat(proxy.hits(Fault.DROP_ACKS)).isEqualTo(before + 1);
        assertThat(net.stored(topic)).containsExactly("once");
    }

    @Test
    void losesRequests() throws Exception {
        long before = proxy.hits(Fault.DROP_REQUESTS);
        try (KafkaProducer<String, String> producer = net.producer(SOON_MS, SOME_TRIES_MS)) {
            Net.send(producer, topic, "before");
            proxy.dropRequests(ApiKeys.PRODUCE);
            timesOut(producer, "never");
        }

        assertThat(proxy.hits(Fault.DROP_REQUESTS)).isGreaterThan(before);
        assertThat(net.stored(topic)).containsExactly("before");
    }

    @Test
    void deliversARequestAfterItsProducerHasGivenUpAndClosed() throws Exception {
        long answered = proxy.answered();
        try (KafkaProducer<String, String> producer = net.producer(SOON_MS, SOME_TRIES_MS)) {
            Net.send(producer, topic, "before");
            proxy.hold(ApiKeys.PRODUCE);
            timesOut(producer, "late");
        }
        assertThat(net.stored(topic)).containsExactly("before");
        assertThat(proxy.held()).isPositive();

        int released = proxy.release();

        await().until(() -> proxy.answered() == answered + released);
        assertThat(net.stored(topic)).containsExactly("before", "late");
    }

    @Test
    void letsARetryOvertakeTheFirstAttempt() throws Exception {
        proxy.hold(ApiKeys.PRODUCE, 1);
        long answered = proxy.answered();
        try (KafkaProducer<String, String> producer = net.producer(SOON_MS, NEVER_MS)) {
            Net.send(producer, topic, "once");
            assertThat(proxy.held()).isEqualTo(1);

            assertThat(proxy.release()).isEqualTo(1);

            await().until(() -> proxy.answered() == answered + 1);
            Net.send(producer, topic, "and on");
        }
        assertThat(net.stored(topic)).containsExactly("once", "and on");
    }

    @Test
    void deliversSeveralHeldRequestsInOrderToAClientThatWaits() throws Exception {
        proxy.hold(ApiKeys.PRODUCE, 3);
        try (KafkaProducer<String, String> producer = net.producer(NEVER_MS, NEVER_MS)) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 1; i <= 3; i++) {
                int held = i;
                sent.add(producer.send(new ProducerRecord<>(topic, "record " + i)));
                await().until(() -> proxy.held() == held);
            }

            assertThat(proxy.release()).isEqualTo(3);

            for (Future<RecordMetadata> one : sent) {
                one.get(Net.SECONDS, TimeUnit.SECONDS);
            }
        }
        assertThat(net.stored(topic)).containsExactly("record 1", "record 2", "record 3");
    }

    @Test
    void freesAtOnceWhoHasLostAnAnswerWhenItIsHealed() throws Exception {
        proxy.dropAcks(ApiKeys.PRODUCE, 1);
        long before = proxy.hits(Fault.DROP_ACKS);
        try (KafkaProducer<String, String> producer = net.producer(NEVER_MS, NEVER_MS)) {
            Future<RecordMetadata> sent = producer.send(new ProducerRecord<>(topic, "once"));
            await().until(() -> proxy.hits(Fault.DROP_ACKS) == before + 1);

            proxy.heal();

            assertThat(sent.get(Net.SECONDS, TimeUnit.SECONDS).offset()).isZero();
        }
        assertThat(net.stored(topic)).containsExactly("once");
    }

    @Test
    void endsConnectionsAndNothingIsLostOrTwice() throws Exception {
        long halfClosed = proxy.hits(Fault.HALF_CLOSE);
        long reset = proxy.hits(Fault.RESET);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<String, String> producer = net.producer(NEVER_MS, NEVER_MS)) {
            for (int i = 0; i < 100; i++) {
                sent.add(producer.send(new ProducerRecord<>(topic, String.valueOf(i))));
                if (i % 30 == 10) {
                    // so that there is a connection to end
                    sent.get(i).get(Net.SECONDS, TimeUnit.SECONDS);
                    proxy.halfClose(Direction.TO_CLIENT);
                } else if (i % 30 == 20) {
                    sent.get(i).get(Net.SECONDS, TimeUnit.SECONDS);
                    proxy.halfClose(Direction.TO_BROKER);
                } else if (i % 30 == 29) {
                    sent.get(i - 1).get(Net.SECONDS, TimeUnit.SECONDS);
                    proxy.reset();
                }
            }
            for (Future<RecordMetadata> one : sent) {
                one.get(Net.SECONDS, TimeUnit.SECONDS);
            }
        }

        assertThat(proxy.hits(Fault.HALF_CLOSE)).isGreaterThanOrEqualTo(halfClosed + 6);
        assertThat(proxy.hits(Fault.RESET)).isGreaterThanOrEqualTo(reset + 3);
        assertThat(net.stored(topic))
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(String::valueOf).toList());
    }

    @Test
    void carriesEverythingByteByByte() throws Exception {
        proxy.slice(1);
        long before = proxy.hits(Fault.SLICE);
        net.createTopic(topic + "-sliced");
        try (KafkaProducer<String, String> producer = net.producer(NEVER_MS, NEVER_MS)) {
            Net.send(producer, topic, "in pieces");
        }

        assertThat(net.readInAGroup(topic, 1)).containsExactly("in pieces");
        assertThat(proxy.hits(Fault.SLICE)).isGreaterThan(before);
    }

    @Test
    void carriesEverythingOverASlowLine() throws Exception {
        proxy.latency(Duration.ofMillis(20), Duration.ofMillis(10));
        proxy.bandwidth(100_000);
        long delayed = proxy.hits(Fault.LATENCY);
        long slowed = proxy.hits(Fault.BANDWIDTH);
        try (KafkaProducer<String, String> producer = net.producer(NEVER_MS, NEVER_MS)) {
            Net.send(producer, topic, "x".repeat(20_000));
        }

        assertThat(net.stored(topic)).containsExactly("x".repeat(20_000));
        assertThat(proxy.hits(Fault.LATENCY)).isGreaterThan(delayed);
        assertThat(proxy.hits(Fault.BANDWIDTH)).isGreaterThan(slowed);
    }

    @Test
    void refusesConnectionsUntilItIsHealed() throws Exception {
        proxy.refuse();
        long before = proxy.hits(Fault.REFUSE);
        try (KafkaProducer<String, String> producer = net.producer(NEVER_MS, NEVER_MS)) {
            Thread sender = new Thread(() -> producer.send(new ProducerRecord<>(topic, "let in")), "sender");
            sender.start();
            await().until(() -> proxy.hits(Fault.REFUSE) >= before + 2);

            proxy.heal();

            sender.join(Duration.ofSeconds(Net.SECONDS).toMillis());
            producer.flush();
        }
        assertThat(net.stored(topic)).containsExactly("let in");
    }

    @Test
    void losesAnswersAndConnectionsByChanceAndNothingIsLostOrTwice() throws Exception {
        proxy.chance(Fault.DROP_ACKS, ApiKeys.PRODUCE, 0.05);
        proxy.chance(Fault.RESET, ApiKeys.PRODUCE, 0.2);
        long dropped = proxy.hits(Fault.DROP_ACKS);
        long reset = proxy.hits(Fault.RESET);
        List<String> values = IntStream.range(0, 50).mapToObj(String::valueOf).toList();
        try (KafkaProducer<String, String> producer = net.producer(SOON_MS, NEVER_MS)) {
            for (String value : values) {
                Net.send(producer, topic, value);
            }
        }

        assertThat(proxy.hits(Fault.DROP_ACKS)).as(proxy.toString()).isGreaterThan(dropped);
        assertThat(proxy.hits(Fault.RESET)).as(proxy.toString()).isGreaterThan(reset);
        assertThat(net.stored(topic)).containsExactlyElementsOf(values);
    }

    /** After a first record, so that the producer has its id and its connection, and only the fault is in its way. */
    private void timesOut(KafkaProducer<String, String> producer, String value) {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> Net.send(producer, topic, value))
                .withCauseInstanceOf(TimeoutException.class);
    }
}
