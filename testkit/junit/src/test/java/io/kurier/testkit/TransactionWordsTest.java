// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.TransactionCallback;
import io.kurier.TransactionException;
import io.kurier.TransactionalSession;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a caller is told of a transaction that is not committed, word for word. */
@Timeout(60)
class TransactionWordsTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);
    private static final Map<String, String> KEYS =
            Map.of("application.id", "shop", "transactions.producers", "1", "topics.orders.value.serializer", "text");
    private static final TransactionCallback<Void> ONE_ORDER = transaction -> {
        transaction.publish(ORDERS, "k", "v");
        return null;
    };

    private final FakeKafka kafka = new FakeKafka();
    private final StringBuilder said = new StringBuilder();

    @Test
    void areAsPinned() throws IOException {
        try (Publisher publisher = kafka.start(KEYS, ORDERS)) {
            note("the work throws", publisher, transaction -> {
                throw new IllegalStateException("the printer is out of ink");
            });
            note("a message is refused", publisher, transaction -> {
                transaction.publish(Topic.of("invoices", String.class, String.class), "k", "v");
                return null;
            });
            kafka.topic(ORDERS).refuse(1, new RecordTooLargeException("the record is too large"));
            note("the broker refuses a message", publisher, ONE_ORDER);
            kafka.failCommits(1, new TransactionAbortableException("the partition could not be verified"));
            note("the cluster wants an abort", publisher, ONE_ORDER);
            kafka.failCommits(1, new InvalidPidMappingException("the id is not known"));
            note("the id is forgotten", publisher, ONE_ORDER);
            kafka.failCommits(1, new TransactionalIdAuthorizationException("not authorized"));
            note("the right is taken away", publisher, ONE_ORDER);
            note("inside another", publisher, transaction -> {
                throw failureOf(publisher, ONE_ORDER);
            });
            try (TransactionalSession own = publisher.transactionalSession("orders.csv")) {
                note("fenced", own, transaction -> {
                    transaction.publish(ORDERS, "k", "v");
                    kafka.fence("shop-publisher-own-orders.csv");
                    return null;
                });
                note("after it was fenced", own, ONE_ORDER);
            }
            try (TransactionalSession own = publisher.transactionalSession("orders.csv")) {
                kafka.failCommits(1, new InvalidPidMappingException("the id is not known"));
                note("an id of one's own is forgotten", own, ONE_ORDER);
                note("after it was forgotten", own, ONE_ORDER);
            }
        }
        Map<String, String> without = new HashMap<>(KEYS);
        without.remove("application.id");
        without.remove("transactions.producers");
        Publisher none = kafka.start(without, ORDERS);
        note("no application.id", none, ONE_ORDER);
        none.close();
        Publisher closed = kafka.start(KEYS, ORDERS);
        closed.close();
        note("after the close", closed, ONE_ORDER);

        assertThat(said).hasToString(pinned());
    }

    private void note(String what, Publisher publisher, TransactionCallback<?> work) {
        note(what, failureOf(publisher, work));
    }

    private void note(String what, TransactionalSession own, TransactionCallback<?> work) {
        note(what, (TransactionException) Objects.requireNonNull(catchThrowableOfType(
                        CompletionException.class, () -> own.transaction(work).join())
                .getCause()));
    }

    private void note(String what, TransactionException failure) {
        said.append(what).append("\n  ").append(failure.getMessage()).append('\n');
    }

    private static TransactionException failureOf(Publisher publisher, TransactionCallback<?> work) {
        return (TransactionException) Objects.requireNonNull(catchThrowableOfType(
                        CompletionException.class,
                        () -> publisher.transaction(work).join())
                .getCause());
    }

    private static String pinned() throws IOException {
        try (InputStream file = TransactionWordsTest.class.getResourceAsStream("transaction-words.txt")) {
            return new String(
                    Objects.requireNonNull(file, "transaction-words.txt").readAllBytes(), UTF_8);
        }
    }
}
