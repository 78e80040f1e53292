// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static io.kurier.core.CredentialsFile.LETTERS;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.Outcome;
import io.kurier.Publisher;
import io.kurier.TransactionException;
import io.kurier.TransactionalSession;
import io.kurier.broker.LocalBroker;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Producers of transactions while credentials are rotated. */
@Timeout(120)
class TransactionRotationTest {
    private static final LocalBroker BROKER = Denial.broker("first", "second");

    @TempDir
    Path folder;

    @AfterAll
    static void stop() {
        BROKER.close();
    }

    @Test
    void connectsAgainBeforeTheNextTransaction() {
        CredentialsFile file = file("pooled");
        try (Publisher publisher = file.start()) {
            transaction(publisher).join();
            file.logIn(BROKER, "second");

            publisher.rotate().join();

            try (Denial ofFirst = new Denial(BROKER.clientProperties("admin"), "first")) {
                transaction(publisher).join();
            }
        }
    }

    @Test
    void commitsTheTransactionThatRunsAsTheUserWhoBeganIt() throws InterruptedException {
        CredentialsFile file = file("running");
        try (Publisher publisher = file.start()) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch mayEnd = new CountDownLatch(1);
            CompletableFuture<String> running = publisher.transaction(transaction -> {
                transaction.publish(LETTERS, "k", "v");
                begun.countDown();
                mayEnd.await();
                return "committed";
            });
            begun.await();
            file.logIn(BROKER, "second");

            publisher.rotate().join();

            try (Denial ofSecond = new Denial(BROKER.clientProperties("admin"), "second")) {
                mayEnd.countDown();
                assertThat(running.join()).isEqualTo("committed");
                assertThat(failure(transaction(publisher)).outcome()).isEqualTo(Outcome.REJECTED);
            }
            transaction(publisher).join();
        }
    }

    @Test
    void leavesAnIdOfACallersOwnToItsOwner() {
        CredentialsFile file = file("owned");
        try (Publisher publisher = file.start()) {
            TransactionalSession session = publisher.transactionalSession("share");
            transaction(session).join();
            file.logIn(BROKER, "second");

            publisher.rotate().join();

            try (Denial ofSecond = new Denial(BROKER.clientProperties("admin"), "second")) {
                transaction(session).join();
            }
            session.close();
            try (Denial ofFirst = new Denial(BROKER.clientProperties("admin"), "first");
                    TransactionalSession again = publisher.transactionalSession("share")) {
                transaction(again).join();
            }
        }
    }

    private CredentialsFile file(String name) {
        return new CredentialsFile(folder, BROKER.clientProperties("first"), name)
                .set(Map.of("application.id", name, "transactions.producers", "1"));
    }

    private static CompletableFuture<String> transaction(Publisher publisher) {
        return publisher.transaction(transaction -> {
            transaction.publish(LETTERS, "k", "v");
            return "committed";
        });
    }

    private static CompletableFuture<String> transaction(TransactionalSession session) {
        return session.transaction(transaction -> {
            transaction.publish(LETTERS, "k", "v");
            return "committed";
        });
    }

    private static TransactionException failure(CompletableFuture<?> future) {
        return (TransactionException) requireNonNull(
                catchThrowableOfType(CompletionException.class, future::join).getCause());
    }
}
