// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.ArrayHeaders;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.KafkaFailure;
import io.kurier.spi.EncodedRecord;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client whose producer is dead: it takes records for ever, and answers none. */
@Timeout(60)
class ManagedProducerTest {
    private static final EncodedRecord RECORD = new EncodedRecord("dead", null, new byte[0], new ArrayHeaders());
    private static final int ROUNDS = 100;
    private static final int CALLERS = 3;
    /** After so many a caller slows down, so that memory suffices until all is failed. */
    private static final int MANY = 2_000;

    /** In a moment in which it has not seen that all is failed. */
    private static final int MOST_AFTERWARDS = 2_000;

    private final Producer<byte[], byte[]> kafkas = new KafkaProducer<>(
            Map.of("bootstrap.servers", "127.0.0.1:1"), new ByteArraySerializer(), new ByteArraySerializer());
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
        kafkas.close(Duration.ZERO);
    }

    @Test
    void makesNoAttemptOnceItHasFailedAll() {
        ManagedProducer client = dead();
        assertThat(client.failAll("dead")).isTrue();
        CountedAcknowledgment acknowledgment = new CountedAcknowledgment();

        assertThat(client.begins(new SingleAttempt(acknowledgment))).isFalse();

        assertThat(client.failAll("dead")).isTrue();
        assertThat(acknowledgment.times).hasValue(0);
    }

    @Test
    void endsOrRefusesEachAttemptWheneverItBegins() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ManagedProducer client = dead();
            CountDownLatch begun = new CountDownLatch(CALLERS);
            AtomicBoolean failed = new AtomicBoolean();
            List<Future<List<CountedAcknowledgment>>> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                callers.add(threads.submit(() -> sendUntilRefused(client, begun, failed)));
            }
            begun.await();
            while (!client.failAll("dead")) {
                Thread.onSpinWait(); // a caller is inside send
            }
            failed.set(true);

            for (Future<List<CountedAcknowledgment>> caller : callers) {
                assertThat(caller.get(30, TimeUnit.SECONDS))
                        .as("round %d", round)
                        .allSatisfy(acknowledgment ->
                                assertThat(acknowledgment.times).hasValue(1));
            }
        }
    }

    @Test
    void flushesNothingOnceItHasFailedAll() {
        ManagedProducer client = dead();
        assertThat(client.failAll("dead")).isTrue();

        client.flush(); // of a dead producer it would wait for ever
    }

    private static List<CountedAcknowledgment> sendUntilRefused(
            ManagedProducer client, CountDownLatch begun, AtomicBoolean failed) {
        List<CountedAcknowledgment> taken = new ArrayList<>();
        int afterwards = 0;
        while (afterwards < MOST_AFTERWARDS) {
            if (failed.get()) {
                afterwards++;
            } else if (taken.size() > MANY) {
                LockSupport.parkNanos(10_000);
            }
            CountedAcknowledgment acknowledgment = new CountedAcknowledgment();
            SingleAttempt attempt = new SingleAttempt(acknowledgment);
            if (!client.begins(attempt)) {
                begun.countDown();
                return taken;
            }
            client.send(RECORD, 0, null, attempt);
            assertThat(attempt.end()).isNull();
            taken.add(acknowledgment);
            begun.countDown();
        }
        throw new AssertionError("a client that has failed all goes on taking records");
    }

    private ManagedProducer dead() {
        InvocationHandler handler = (proxy, method, args) -> switch (method.getName()) {
            case "send" -> null;
            case "flush" -> {
                new CountDownLatch(1).await();
                yield null;
            }
            default -> method.invoke(kafkas, args);
        };
        @SuppressWarnings("unchecked") // all that is asked of it takes bytes
        Producer<byte[], byte[]> dead = (Producer<byte[], byte[]>) Proxy.newProxyInstance(
                ManagedProducerTest.class.getClassLoader(), new Class<?>[] {Producer.class}, handler);
        return new ManagedProducer(() -> dead, Map.of(), Map.of());
    }

    private static final class CountedAcknowledgment implements Acknowledgment {
        final AtomicInteger times = new AtomicInteger();

        @Override
        public void stored(int partition, long offset, long timestamp, int valueBytes) {
            times.incrementAndGet();
        }

        @Override
        public void failed(KafkaFailure answer) {
            times.incrementAndGet();
        }
    }
}
