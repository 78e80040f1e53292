// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.Message;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** The two ways to publish, for tests of what both have in common. */
enum Verb {
    PUBLISH,
    TRY_PUBLISH;

    CompletableFuture<Receipt> send(Publisher publisher, Message<?, ?> message) {
        return this == PUBLISH ? publisher.publish(message) : publisher.tryPublish(message);
    }

    /** What a publish fails with; a receipt, or nothing at all, fails the test. */
    static PublishException failure(CompletableFuture<Receipt> published) {
        ExecutionException failure =
                catchThrowableOfType(ExecutionException.class, () -> published.get(30, TimeUnit.SECONDS));
        return (PublishException) requireNonNull(failure.getCause());
    }
}
