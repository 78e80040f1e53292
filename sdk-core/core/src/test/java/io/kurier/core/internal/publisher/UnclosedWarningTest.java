// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import static io.kurier.core.internal.publisher.ScriptedPublishers.ONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.core.internal.completion.MonitorIntervals;
import io.kurier.core.internal.completion.ThreadMaker;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A publisher that nobody closes. */
@Timeout(120)
class UnclosedWarningTest {
    private static final String UNCLOSED = "was collected without a close";

    @Test
    void saysWhichPublisherItWasAndWhereItWasStarted() {
        try (LogCapture log = new LogCapture()) {
            useAndForget();

            await().atMost(Duration.ofSeconds(60)).until(() -> {
                System.gc();
                return !log.warnings(UNCLOSED).isEmpty();
            });

            assertThat(log.warnings(UNCLOSED))
                    .singleElement()
                    .asString()
                    .contains("publisher scripted of the topics [one, other]");
            // the stack follows its warning line by line
            await().untilAsserted(() -> assertThat(log.text())
                    .contains("the publisher was started here")
                    .contains("UnclosedWarningTest.useAndForget"));
        }
    }

    /** With everything that could keep it: dependents, a search, a failure, a transaction, a flush. */
    private static void useAndForget() {
        RoutedPublisher publisher =
                ScriptedPublishers.watched(new SucceedingTransactions(), MonitorIntervals.DEFAULT, ThreadMaker.DAEMONS);
        publisher
                .publish(ONE, null, "v")
                .thenAccept(receipt -> publisher.flush().join())
                .join();
        publisher
                .tryPublish(ONE, null, "poison")
                .handle((receipt, failure) -> failure)
                .join();
        publisher
                .transaction(transaction -> {
                    transaction.publish(ONE, null, "v");
                    return null;
                })
                .join();
    }

    @Test
    void saysNothingOfOneThatIsClosed() {
        try (LogCapture log = new LogCapture()) {
            ScriptedPublishers.over(new ScriptedTransport()).close(Duration.ofSeconds(5));
            useAndForget(); // the collector has come by when it has found this one

            await().atMost(Duration.ofSeconds(60)).until(() -> {
                System.gc();
                return !log.warnings(UNCLOSED).isEmpty();
            });

            assertThat(log.warnings(UNCLOSED)).hasSize(1);
        }
    }
}
