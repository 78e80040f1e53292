// SPDX-License-Identifier: Apache-2.0
package com.example.testing;

import static com.example.testing.OrderService.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.example.testing.OrderService.Order;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Resolution;
import io.kurier.Topic;
import io.kurier.TransactionException;
import io.kurier.serializers.media.Blob;
import io.kurier.testkit.FakeKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Messages of several topics and formats that are stored together or not at all, and one that is looked for. */
@Timeout(60)
class TransactionsTest {
    record Invoice(String order, double total) {}

    private static final Topic<String, Invoice> INVOICES = Topic.of("invoices", String.class, Invoice.class);
    private static final Topic<String, Blob> SCANS = Topic.of("scans", String.class, Blob.class);

    private final FakeKafka kafka = new FakeKafka();
    private final Publisher publisher = kafka.start(
            Map.of(
                    "application.id", "shop",
                    "topics.orders.value.serializer", "json",
                    "topics.orders.record.id", "true",
                    "topics.invoices.value.serializer", "json",
                    "topics.scans.value.serializer", "media"),
            ORDERS,
            INVOICES,
            SCANS);

    private final Order order = new Order("O-1", "C-7", 19.90);
    private final Invoice invoice = new Invoice("O-1", 19.90);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        publisher.close();
    }

    @Test
    void allAreStored() throws IOException {
        assertThat(published(scan()).join()).isEqualTo(3);

        assertThat(kafka.records(ORDERS)).hasSize(1);
        assertThat(kafka.records(INVOICES)).hasSize(1);
        assertThat(kafka.records(SCANS)).isNotEmpty();
    }

    @Test
    void noneIsStoredIfOneIsRefused() throws IOException {
        kafka.topic(INVOICES).refuse(1, new TopicAuthorizationException("not yours"));

        CompletionException failed = catchThrowableOfType(CompletionException.class, published(scan())::join);

        assertThat(failed)
                .cause()
                .isInstanceOfSatisfying(
                        TransactionException.class,
                        why -> assertThat(why.outcome()).isEqualTo(Outcome.NOT_STORED));
        assertThat(kafka.records(ORDERS)).isEmpty();
    }

    @Test
    void whatMayBeStoredIsFound() {
        kafka.topic(ORDERS).dropAcks(1);
        CompletionException failed = catchThrowableOfType(
                CompletionException.class,
                () -> publisher.publish(ORDERS, order.customer(), order).join());

        assertThat(failed).cause().isInstanceOfSatisfying(PublishException.class, failure -> {
            // region resolve
            Resolution found = publisher.resolve(failure.handle().orElseThrow()).join();
            // endregion
            assertThat(found).isInstanceOf(Resolution.Stored.class);
        });
    }

    private CompletableFuture<Integer> published(Path scan) {
        // region transaction
        CompletableFuture<Integer> published = publisher.transaction(transaction -> {
            transaction.publish(ORDERS, order.customer(), order);
            transaction.publish(INVOICES, order.customer(), invoice);
            transaction.publish(SCANS, order.customer(), Blob.of(scan));
            return 3;
        });
        // endregion
        return published;
    }

    private Path scan() throws IOException {
        return Files.write(folder.resolve("scan.png"), new byte[100_000]);
    }
}
