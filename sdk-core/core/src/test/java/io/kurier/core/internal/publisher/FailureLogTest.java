// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import static io.kurier.core.internal.publisher.ScriptedPublishers.ONE;
import static io.kurier.core.internal.publisher.ScriptedPublishers.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.CloseReport;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Stage;
import io.kurier.core.internal.completion.FailureLog;
import io.kurier.core.internal.completion.MonitorIntervals;
import io.kurier.core.internal.completion.ThreadMaker;
import io.kurier.core.internal.kafka.ErrorClassifier;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Failures whose futures nobody looks at. */
@Timeout(60)
class FailureLogTest {
    private static final String SECRET = "x3k9";
    private static final Pattern COUNT = Pattern.compile("topic one: (\\d+) messages? (?:is|are) UNKNOWN");

    private final ScriptedTransport transport = new ScriptedTransport();

    private RoutedPublisher publisher(Duration between) {
        return ScriptedPublishers.watched(
                transport, new MonitorIntervals(Duration.ofSeconds(10), between), ThreadMaker.DAEMONS);
    }

    @Test
    void areOneWarningATopicAndOutcomeAtOnce() {
        try (LogCapture log = new LogCapture();
                RoutedPublisher publisher = publisher(Duration.ofHours(1))) {
            transport.answer(ack -> ack.failed(ErrorClassifier.classify(new TimeoutException("it has expired"))));
            ignore(publisher.publish(ONE, null, SECRET));
            ignore(publisher.publish(OTHER, null, SECRET));
            ignore(publisher.publish(ONE, null, "poison"));

            await().until(() -> log.warnings("FailureLog").size() == 3);

            assertThat(log.warnings("FailureLog"))
                    .allSatisfy(line -> assertThat(line).startsWith("[kurier-monitor] WARN"))
                    .anySatisfy(
                            line -> assertThat(line)
                                    .contains(
                                            "topic one: 1 message is UNKNOWN; the last: topic one, SEND, UNKNOWN: it has expired"))
                    .anySatisfy(line -> assertThat(line).contains("topic other: 1 message is UNKNOWN"))
                    .anySatisfy(line -> assertThat(line)
                            .contains("topic one: 1 message is REJECTED; the last: ENCODE, java.lang.IllegalArgument"));
            assertThat(log.text()).doesNotContain(SECRET).doesNotContain("poison");
        }
    }

    @Test
    void areCountedWhileTheyAreManyAndNoneIsLost() {
        int messages = 20_000;
        try (LogCapture log = new LogCapture()) {
            try (RoutedPublisher publisher = publisher(Duration.ofMillis(600))) {
                transport.answer(ack -> ack.failed(ErrorClassifier.classify(new TimeoutException("it has expired"))));
                for (int i = 0; i < messages; i++) {
                    ignore(publisher.publish(ONE, null, "v"));
                }
            }
            List<String> warnings = log.warnings("FailureLog");
            assertThat(warnings.size()).isBetween(1, 100);
            assertThat(warnings.stream().mapToInt(FailureLogTest::count).sum()).isEqualTo(messages);
        }
    }

    private static int count(String warning) {
        Matcher matcher = COUNT.matcher(warning);
        assertThat(matcher.find()).as(warning).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    @Test
    void areSummedUpAtTheClose() {
        try (LogCapture log = new LogCapture()) {
            RoutedPublisher publisher = publisher(Duration.ofHours(1));
            ignore(publisher.publish(ONE, null, "v"));
            ignore(publisher.publish(ONE, null, "poison"));

            assertThat(publisher.close(Duration.ofSeconds(5))).isEqualTo(new CloseReport(2, 1, 1, 0, 0));

            assertThat(log.warnings("closed, and of"))
                    .singleElement()
                    .asString()
                    .contains("publisher scripted: closed, and of 2 messages 1 are stored, 1 REJECTED, 0 NOT_STORED and"
                            + " 0 UNKNOWN");
        }
    }

    @Test
    void areNoneWhereAllIsStored() {
        try (LogCapture log = new LogCapture()) {
            try (RoutedPublisher publisher = publisher(Duration.ofHours(1))) {
                publisher.publish(ONE, null, "v").join();
                publisher.flush().join();
            }
            assertThat(log.warnings("")).isEmpty();
        }
    }

    @Test
    void ofATransactionAreTheTransactions() {
        try (LogCapture log = new LogCapture();
                RoutedPublisher publisher = ScriptedPublishers.watched(
                        new SucceedingTransactions(), MonitorIntervals.DEFAULT, ThreadMaker.DAEMONS)) {
            CompletableFuture<Object> ended = publisher.transaction(transaction -> {
                transaction.publish(ONE, null, "v");
                transaction.publish(ONE, null, "v");
                throw new IllegalStateException("cannot go on with " + SECRET);
            });
            assertThat(ended.handle((result, failure) -> failure).join()).isNotNull();

            await().until(() -> !log.warnings("FailureLog").isEmpty());
            assertThat(publisher.close(Duration.ofSeconds(5)).notStored()).isEqualTo(2);

            assertThat(log.warnings("FailureLog"))
                    .singleElement()
                    .asString()
                    .contains("transactions of publisher scripted: 1 transaction is NOT_STORED; the last:"
                            + " java.lang.IllegalStateException (its text can quote a value");
            assertThat(log.text()).doesNotContain(SECRET);
        }
    }

    /** What failed, and whether its text may be shown. */
    private record Reason(RuntimeException failure, boolean shown) {
        @Override
        public String toString() {
            return failure.getMessage() + " of " + failure.getCause();
        }
    }

    static Stream<Reason> reasons() {
        return Stream.of(
                new Reason(failure(Stage.SEND, new KafkaException(SECRET)), true),
                new Reason(failure(Stage.SEND, new IllegalStateException(SECRET)), true),
                new Reason(failure(Stage.PARTITION, null), true),
                new Reason(failure(Stage.ROUTE, new IllegalStateException(SECRET)), false),
                new Reason(failure(Stage.ENCODE, new KafkaException(SECRET)), false),
                new Reason(failure(Stage.GUARD, new IllegalStateException(SECRET)), false),
                new Reason(failure(Stage.PARTITION, new StackOverflowError()), false),
                new Reason(failure(Stage.ENCODE, failure(Stage.ENCODE, new KafkaException(SECRET))), false));
    }

    private static PublishException failure(Stage stage, @Nullable Throwable cause) {
        return new PublishException("one", stage, Outcome.REJECTED, false, SECRET, cause);
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void areDescribedWithoutWhatUserCodeSaid(Reason reason) {
        String text = FailureLog.reason(reason.failure());

        if (reason.shown()) {
            assertThat(text).contains(SECRET);
        } else {
            assertThat(text).doesNotContain(SECRET).isNotBlank();
        }
    }

    private static void ignore(CompletableFuture<?> future) {
        assertThat(future).isNotNull();
    }
}
