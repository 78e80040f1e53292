// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import static io.kurier.serializers.media.BlobChunksTest.bytes;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Resolution;
import io.kurier.Topic;
import io.kurier.TransactionException;
import io.kurier.broker.LocalBroker;
import io.kurier.broker.proxy.FaultProxy;
import io.kurier.core.Kurier;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a publisher says of a blob over a network that loses things, against what a reader of the topic gets: it is told to be
 * stored if and only if {@link MediaReader} delivers it.
 */
@Timeout(120)
class BlobOutcomeTest {
    private static final Topic<String, Blob> BLOBS = Topic.of("blobs", String.class, Blob.class);
    private static final FaultProxy PROXY = FaultProxy.start();
    private static final LocalBroker BROKER =
            LocalBroker.builder().advertisedPort(PROXY.port()).start();
    private static final int CHUNK = BlobChunks.MIN_CHUNK_BYTES;
    private static final int CHUNKS = 5;

    static {
        PROXY.target(BROKER.port());
    }

    @TempDir
    Path folder;

    /** What the network does. */
    private enum Trouble {
        ACKNOWLEDGMENT_LOST,
        REQUEST_LOST
    }

    private record Case(Trouble trouble, int chunk) {}

    @AfterAll
    static void stop() {
        BROKER.close();
        PROXY.close();
    }

    static Stream<Case> cases() {
        return Stream.of(Trouble.values())
                .flatMap(trouble -> IntStream.rangeClosed(0, CHUNKS).mapToObj(chunk -> new Case(trouble, chunk)));
    }

    /** All is handed over long before the first failure is known, the manifest too. */
    @ParameterizedTest
    @MethodSource("cases")
    void isToldAsItIsReadIfTheFailureIsKnownLate(Case of) throws IOException {
        try (Publisher publisher = publisher("late-" + of.trouble() + "-" + of.chunk())) {
            Blob blob = Blob.of(new Troubled(bytes(CHUNKS * CHUNK), of)).named("film");
            Optional<PublishException> failure = publish(publisher, blob);
            PROXY.heal();
            publishLater(publisher);

            List<String> read = read("late-" + of.trouble() + "-" + of.chunk());
            assertThat(isStored(publisher, failure)).isEqualTo(read.contains("film"));
            assertThat(read).as("none twice").doesNotHaveDuplicates();
        }
    }

    /** The content goes on until a failure is known, so that the manifest is never handed over. */
    @ParameterizedTest
    @MethodSource("cases")
    void isNotStoredAtOnceIfTheFailureIsKnownBeforeTheEnd(Case of) throws IOException {
        String name = "early-" + of.trouble() + "-" + of.chunk();
        try (Publisher publisher = publisher(name)) {
            PublishException failure =
                    publish(publisher, Blob.of(new Endless(of)).named("film")).orElseThrow();
            PROXY.heal();

            assertThat(failure.outcome()).isEqualTo(Outcome.NOT_STORED);
            assertThat(failure.retriable()).isTrue();
            assertThat(failure.handle()).isEmpty();
            assertThat(failure).hasMessageContaining("of which readers make no value. One of them failed");
            publishLater(publisher);
            assertThat(read(name)).isEmpty();
        }
    }

    @Test
    void isToldAsItIsReadWhateverHappens() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("BlobOutcomeTest.isToldAsItIsReadWhateverHappens: seed " + seed);
        Random random = new Random(seed);
        List<Optional<PublishException>> outcomes = new ArrayList<>();
        try (Publisher publisher = publisher("chance")) {
            for (int i = 0; i < 12; i++) {
                Case of = new Case(Trouble.values()[random.nextInt(2)], random.nextInt(CHUNKS + 2));
                byte[] content = bytes(random.nextInt(CHUNKS * CHUNK));
                outcomes.add(
                        publish(publisher, Blob.of(new Troubled(content, of)).named("film " + i)));
                PROXY.heal();
            }
            publishLater(publisher);

            List<String> read = read("chance");
            assertThat(read).as("none twice").doesNotHaveDuplicates();
            for (int i = 0; i < outcomes.size(); i++) {
                assertThat(isStored(publisher, outcomes.get(i)))
                        .as("film %s: %s", i, outcomes.get(i))
                        .isEqualTo(read.contains("film " + i));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isStoredWhateverItsStreamThrowsWhenItIsClosed(boolean error) throws IOException {
        String name = "close-" + error;
        InputStream jammed = new FilterInputStream(new ByteArrayInputStream(bytes(CHUNKS * CHUNK))) {
            @Override
            public void close() {
                if (error) {
                    throw new StackOverflowError();
                }
                throw BlobOutcomeTest.<RuntimeException>undeclared(new Exception("not declared"));
            }
        };
        try (Publisher publisher = publisher(name, 30_000)) {
            Receipt receipt =
                    publisher.publish(BLOBS, "k", Blob.of(jammed).named("film")).join();

            assertThat(receipt.records()).isEqualTo(CHUNKS + 1);
            assertThat(read(name)).containsExactly("film");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, CHUNKS})
    void isPartOfNoTransactionIfOneOfItsRecordsFails(int chunk) throws IOException {
        String name = "transaction-" + chunk;
        try (Publisher publisher = publisher(name)) {
            Blob blob = Blob.of(new Troubled(bytes(CHUNKS * CHUNK), new Case(Trouble.ACKNOWLEDGMENT_LOST, chunk)))
                    .named("film");
            TransactionException aborted = (TransactionException) requireNonNull(publisher
                    .transaction(transaction -> {
                        transaction.publish(BLOBS, "k", blob);
                        return null;
                    })
                    .handle((nothing, failure) -> failure)
                    .join());
            PROXY.heal();
            publishLater(publisher);

            assertThat(aborted.outcome()).isEqualTo(Outcome.NOT_STORED);
            assertThat(aborted.retriable()).isTrue();
            assertThat(read(name)).isEmpty();
        }
    }

    @SuppressWarnings("unchecked") // unchecked on purpose: so the compiler lets it pass
    private static <T extends Throwable> T undeclared(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** Content during whose reading the trouble begins, about when the chunk before is handed over. */
    private static final class Troubled extends FilterInputStream {
        private final Case of;
        private int count;
        private boolean begun;

        Troubled(byte[] content, Case of) {
            super(new ByteArrayInputStream(content));
            this.of = of;
        }

        @Override
        public int read() throws IOException {
            return counted(super.read(), 1);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            return counted(read, read);
        }

        private int counted(int read, int bytes) {
            count += read < 0 ? 0 : bytes;
            if (!begun && (count > of.chunk() * CHUNK || read < 0)) {
                begun = true;
                begin(of.trouble());
            }
            return read;
        }
    }

    /** Content that ends only when it is closed, or when nobody has done so for much too long. */
    private static final class Endless extends InputStream {
        private static final long MOST_BYTES = 20_000L * CHUNK;
        private final Case of;
        private long count;
        private boolean begun;

        Endless(Case of) {
            this.of = of;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (!begun && count >= (long) of.chunk() * CHUNK) {
                begun = true;
                begin(of.trouble());
            }
            LockSupport.parkNanos(1_000_000);
            count += length;
            return count > MOST_BYTES ? -1 : length;
        }
    }

    private static void begin(Trouble trouble) {
        if (trouble == Trouble.ACKNOWLEDGMENT_LOST) {
            PROXY.dropAcks(ApiKeys.PRODUCE, 1);
        } else {
            PROXY.dropRequests(ApiKeys.PRODUCE, 1);
        }
    }

    private static Optional<PublishException> publish(Publisher publisher, Blob blob) {
        return publisher
                .publish(BLOBS, "k", blob)
                .handle((receipt, failure) -> Optional.ofNullable((PublishException) failure))
                .join();
    }

    /** What proves that nothing of before can still arrive; it has no name. */
    private static void publishLater(Publisher publisher) {
        Optional<PublishException> failure;
        do {
            failure = publish(publisher, Blob.of(bytes(3)));
        } while (failure.isPresent());
    }

    private static boolean isStored(Publisher publisher, Optional<PublishException> failure) {
        if (failure.isEmpty()) {
            return true;
        }
        if (failure.get().outcome() != Outcome.UNKNOWN) {
            return false;
        }
        Resolution found =
                publisher.resolve(failure.get().handle().orElseThrow()).join();
        assertThat(found).isNotInstanceOf(Resolution.NotSettled.class);
        return found instanceof Resolution.Stored;
    }

    /** The names of the blobs that a reader gets, of those that have one. */
    private List<String> read(String topic) throws IOException {
        List<String> names = new ArrayList<>();
        TopicPartition partition = new TopicPartition(topic, 0);
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                PROXY.address(),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest");
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new MediaDeserializer());
                MediaReader<Path> reader =
                        new MediaReader<>(BlobStore.inFolder(folder.resolve("received")), undelivered -> {})) {
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, MediaPart> record : consumer.poll(Duration.ofSeconds(1))) {
                    reader.read(record).flatMap(ReceivedBlob::name).ifPresent(names::add);
                }
            }
        }
        return names;
    }

    /** Each record is a request, and one that is not answered in time fails without another attempt. */
    private static Publisher publisher(String topic) {
        return publisher(topic, 400);
    }

    private static Publisher publisher(String topic, int timeoutMillis) {
        String timeout = Integer.toString(timeoutMillis);
        Map<String, String> keys = new HashMap<>();
        keys.put("bootstrap.servers", PROXY.address());
        keys.put("topics.management", "create");
        keys.put("topics.blobs.name", topic);
        keys.put("topics.blobs.partitions", "1");
        keys.put("topics.blobs.record.id", "true");
        keys.put("topics.blobs.value.serializer", "media");
        keys.put("topics.blobs.value.serializer.chunk.bytes", Integer.toString(CHUNK));
        keys.put("producer.linger.ms", "0");
        keys.put("producer.batch.size", "1");
        keys.put("producer.request.timeout.ms", timeout);
        keys.put("producer.delivery.timeout.ms", timeout);
        keys.put("producer.reconnect.backoff.max.ms", "50");
        keys.put("application.id", topic);
        keys.put("transactions.producers", "1");
        return Kurier.start(keys, BLOBS);
    }
}
