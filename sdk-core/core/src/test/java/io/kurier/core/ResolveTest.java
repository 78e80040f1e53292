// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static io.kurier.core.BadNetwork.ORDERS;
import static io.kurier.core.BadNetwork.PICTURES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.DeliveryHandle;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.RecordId;
import io.kurier.Resolution;
import io.kurier.Resolution.NotSettled;
import io.kurier.Resolution.NotStored;
import io.kurier.Resolution.Stored;
import io.kurier.Topic;
import io.kurier.broker.proxy.Direction;
import io.kurier.broker.proxy.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of messages whose outcome is unknown, over a network that loses, holds and breaks. */
@Timeout(120)
class ResolveTest {
    private final BadNetwork network = new BadNetwork();

    @AfterEach
    void stop() {
        network.close();
    }

    @Test
    void findsEveryMessageWhoseAcknowledgmentWasSwallowed() {
        try (Publisher publisher = network.publisher(Map.of())) {
            publisher.publish(ORDERS, "k", "before").join();
            network.proxy().dropAcks(ApiKeys.PRODUCE);
            List<PublishException> unknown = failures(publishAll(publisher, ORDERS, 100));
            assertThat(network.proxy().hits(Fault.DROP_ACKS)).isPositive();
            network.proxy().heal();

            List<Resolution> found = resolve(publisher, unknown);

            assertThat(unknown).hasSize(100).allMatch(failure -> failure.outcome() == Outcome.UNKNOWN);
            assertThat(found).hasSize(100).allMatch(Stored.class::isInstance);
            List<ConsumerRecord<String, String>> stored = network.stored(ORDERS);
            assertThat(stored).as("none is sent twice").hasSize(101);
            assertThat(found)
                    .extracting(each -> ((Stored) each).receipt().offset())
                    .doesNotHaveDuplicates();
            for (int i = 0; i < 100; i++) {
                Receipt receipt = ((Stored) found.get(i)).receipt();
                DeliveryHandle handle = unknown.get(i).handle().orElseThrow();
                ConsumerRecord<String, String> record = stored.get((int) receipt.offset());
                assertThat(RecordId.of(record.headers()).orElseThrow())
                        .isEqualTo(handle.recordIds().get(0));
                assertThat(record.value()).isEqualTo("v" + i);
                assertThat(record.timestamp()).isEqualTo(receipt.timestamp()).isEqualTo(handle.timestamp());
                assertThat(handle.offset()).as("known before").isLessThan(receipt.offset());
            }
        }
    }

    @Test
    void saysOfAMessageThatIsHeldOnlyThatItIsNotSettledAndFindsItWhenItHasArrived() {
        try (Publisher publisher = network.publisher(Map.of())) {
            network.proxy().hold(ApiKeys.PRODUCE);
            List<PublishException> unknown = failures(publishAll(publisher, ORDERS, 20));
            assertThat(resolve(publisher, unknown)).hasSize(20).allMatch(NotSettled.class::isInstance);
            assertThat(network.proxy().held()).isPositive();

            release();

            assertThat(resolve(publisher, unknown)).hasSize(20).allMatch(Stored.class::isInstance);
            assertThat(network.stored(ORDERS)).hasSize(20);
        }
    }

    @Test
    void saysThatAHeldMessageIsNotStoredOnceItCannotArriveAnyMoreAndThenItDoesNot() {
        try (Publisher publisher = network.publisher(Map.of())) {
            network.proxy().hold(ApiKeys.PRODUCE);
            List<PublishException> unknown = failures(publishAll(publisher, ORDERS, 20));
            network.proxy().hold(ApiKeys.PRODUCE, 1); // the first attempt of the next message, and nothing more
            Receipt later = publisher.publish(ORDERS, "k", "later").join();
            assertThat(network.proxy().held()).isPositive();

            assertThat(resolve(publisher, unknown)).hasSize(20).allMatch(NotStored.class::isInstance);
            release();

            assertThat(network.stored(ORDERS)).extracting(ConsumerRecord::value).containsExactly("later");
            assertThat(later.hasOffset() ? later.offset() : 0).isZero();
        }
    }

    private void release() {
        long before = network.proxy().answered();
        int released = network.proxy().release();
        await().atMost(Duration.ofSeconds(30)).until(() -> network.proxy().answered() == before + released);
    }

    @Test
    void isRightAboutEveryMessageThroughBrokenConnections() {
        long seed = new Random().nextLong();
        System.out.println("ResolveTest.isRightAboutEveryMessageThroughBrokenConnections: seed " + seed);
        Random random = new Random(seed);
        try (Publisher publisher = network.publisher(Map.of("producer.delivery.timeout.ms", "600"))) {
            List<CompletableFuture<Receipt>> all = new ArrayList<>();
            for (int burst = 0; burst < 15; burst++) {
                for (int i = 0; i < 20; i++) {
                    all.add(publisher.publish(ORDERS, "k", "v" + all.size()));
                }
                switch (random.nextInt(4)) {
                    case 0 -> network.proxy().reset();
                    case 1 -> network.proxy().halfClose(Direction.TO_BROKER);
                    case 2 -> network.proxy().halfClose(Direction.TO_CLIENT);
                    default -> network.proxy().dropAcks(ApiKeys.PRODUCE, 1 + random.nextInt(5));
                }
                all.get(all.size() - 1 - random.nextInt(20))
                        .handle((receipt, failure) -> null)
                        .join();
            }
            network.proxy().heal();
            List<PublishException> failed = failures(all);
            publisher.publish(ORDERS, "k", "last").join();

            List<String> stored =
                    network.stored(ORDERS).stream().map(ConsumerRecord::value).toList();
            assertThat(stored).as("none twice").doesNotHaveDuplicates();
            for (int i = 0; i < all.size(); i++) {
                assertThat(stored.contains("v" + i)).isEqualTo(isStored(publisher, all.get(i)));
            }
            System.out.println(failed.size() + " of " + all.size() + " were unknown");
        }
    }

    private static boolean isStored(Publisher publisher, CompletableFuture<Receipt> message) {
        if (!message.isCompletedExceptionally()) {
            return true;
        }
        Resolution found = resolve(publisher, failures(List.of(message))).get(0);
        assertThat(found).isNotInstanceOf(NotSettled.class);
        return found instanceof Stored;
    }

    @Test
    void findsALargeValueByAllOfItsRecords() {
        try (Publisher publisher = network.publisher(Map.of())) {
            network.proxy().dropAcks(ApiKeys.PRODUCE);
            List<PublishException> unknown =
                    failures(List.of(publisher.publish(PICTURES, "k", "a picture of six whole records")));
            network.proxy().heal();

            assertThat(unknown.get(0).handle().orElseThrow().recordIds()).hasSize(6);
            Stored stored = (Stored) resolve(publisher, unknown).get(0);
            assertThat(stored.receipt())
                    .extracting(Receipt::offset, Receipt::records)
                    .containsExactly(5L, 6);
            assertThat(stored.receipt().valueBytes()).isEqualTo("apictureofsixwholerecords".length());
        }
    }

    @Test
    void letsAnotherProcessFindWhatIsStoredAndNothingElse() {
        PublishException lost;
        PublishException held;
        try (Publisher publisher = network.publisher(Map.of())) {
            network.proxy().dropAcks(ApiKeys.PRODUCE);
            lost = failures(publishAll(publisher, ORDERS, 1)).get(0);
            network.proxy().heal();
            network.proxy().hold(ApiKeys.PRODUCE);
            held = failures(publishAll(publisher, ORDERS, 1)).get(0);
        }
        network.proxy().hold(ApiKeys.PRODUCE, 1);
        try (Publisher another = network.publisher(Map.of())) {
            another.publish(ORDERS, "k", "of another").join();

            assertThat(resolve(another, List.of(lost)).get(0)).isInstanceOf(Stored.class);
            assertThat(resolve(another, List.of(held)).get(0)).isInstanceOf(NotSettled.class);
        }
    }

    @Test
    void guessesNothingWhereRecordsCanVanish() throws Exception {
        try (Publisher publisher = network.publisher(Map.of("topics.orders.config.cleanup.policy", "compact"));
                Admin admin =
                        Admin.create(Map.of("bootstrap.servers", network.proxy().address()))) {
            network.proxy().hold(ApiKeys.PRODUCE);
            List<PublishException> compacted = failures(publishAll(publisher, ORDERS, 1));
            List<PublishException> deleted = failures(publishAll(publisher, PICTURES, 1));
            network.proxy().heal();
            await().until(() -> network.proxy().held() == 0);
            publisher.publish(ORDERS, "other", "later").join();
            publisher.publish(PICTURES, "k", "later on").join();
            admin.deleteRecords(Map.of(new TopicPartition("pictures", 0), RecordsToDelete.beforeOffset(-1)))
                    .all()
                    .get();

            assertThat(resolve(publisher, deleted).get(0))
                    .isInstanceOfSatisfying(
                            NotSettled.class,
                            found -> assertThat(found.reason()).contains("has been deleted"));
            DeliveryHandle nowhere = absent(compacted.get(0).handle().orElseThrow());
            assertThat(publisher.resolve(nowhere).join())
                    .isInstanceOfSatisfying(
                            NotSettled.class,
                            found -> assertThat(found.reason()).contains("the topic is compacted"));
        }
    }

    /** The same place and producer, and an id that no record has. */
    private static DeliveryHandle absent(DeliveryHandle handle) {
        return new DeliveryHandle(
                handle.topic(),
                handle.topicId(),
                handle.partition(),
                List.of(new UUID(1, 2)),
                handle.timestamp(),
                handle.offset(),
                handle.producer(),
                handle.failure());
    }

    @Test
    void hasNoHandleForAMessageWithoutAnId() {
        try (Publisher publisher = network.publisher(Map.of("topics.orders.record.id", "false"))) {
            network.proxy().dropAcks(ApiKeys.PRODUCE);
            PublishException unknown =
                    failures(publishAll(publisher, ORDERS, 1)).get(0);

            assertThat(unknown.outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(unknown.handle()).isEmpty();
        }
    }

    @Test
    void doesNotFailWhereTheTopicCannotBeRead() {
        try (Publisher publisher = network.publisher(Map.of("resolve.timeout.ms", "500"))) {
            network.proxy().dropAcks(ApiKeys.PRODUCE);
            List<PublishException> unknown = failures(publishAll(publisher, ORDERS, 1));
            network.proxy().refuse();
            network.proxy().reset();

            assertThat(resolve(publisher, unknown).get(0))
                    .isInstanceOfSatisfying(
                            NotSettled.class,
                            found -> assertThat(found.reason()).contains("cannot be read"));
        }
    }

    private static List<CompletableFuture<Receipt>> publishAll(
            Publisher publisher, Topic<String, String> topic, int messages) {
        return IntStream.range(0, messages)
                .mapToObj(i -> publisher.publish(topic, "k", "v" + i))
                .toList();
    }

    private static List<PublishException> failures(List<CompletableFuture<Receipt>> messages) {
        List<PublishException> failures = new ArrayList<>();
        for (CompletableFuture<Receipt> message : messages) {
            try {
                message.join();
            } catch (CompletionException e) {
                failures.add((PublishException) e.getCause());
            }
        }
        return failures;
    }

    private static List<Resolution> resolve(Publisher publisher, List<PublishException> failures) {
        return failures.stream()
                .map(failure ->
                        publisher.resolve(failure.handle().orElseThrow()).join())
                .toList();
    }
}
