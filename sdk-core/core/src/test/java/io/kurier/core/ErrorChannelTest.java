// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.Message;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Stage;
import io.kurier.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever goes wrong, neither verb throws, and each failure has one stage, one outcome and one retriability. The table
 * in docs/errors.md is written from what happened here.
 */
@Timeout(120)
class ErrorChannelTest {
    private static final Path DOCUMENT = Path.of("../../docs/errors.md");
    private static final String BEGIN = "<!-- written by ErrorChannelTest from what happened -->\n";
    private static final String END = "<!-- end -->\n";
    private static final Map<Failure, String> ROWS = new TreeMap<>();

    @AfterAll
    static void documentSaysWhatHappened() throws IOException {
        Troubles.close();
        if (ROWS.size() < Failure.values().length) {
            return; // somebody runs one case alone
        }
        StringBuilder table = new StringBuilder(BEGIN)
                .append("| what happens | stage | outcome | retriable | what to do |\n|---|---|---|---|---|\n");
        ROWS.values().forEach(table::append);
        String text = Files.readString(DOCUMENT);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        assertThat(begin).as("%s has the line %s", DOCUMENT, BEGIN.strip()).isNotNegative();
        String wanted = text.substring(0, begin) + table + text.substring(end);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(DOCUMENT, wanted);
        }
        assertThat(Files.readString(DOCUMENT))
                .as("-Dgolden.update=true rewrites it")
                .isEqualTo(wanted);
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void hasOneStageOneOutcomeAndOneRetriability(Failure failure) throws Exception {
        for (Verb verb : Verb.values()) {
            PublishException told = failure.trouble.meet(verb);

            assertThat(told.stage()).as("stage, %s, %s", verb, told).isEqualTo(failure.stage);
            assertThat(told.outcome()).as("outcome, %s, %s", verb, told).isEqualTo(failure.outcome);
            assertThat(told.retriable()).as("retriable, %s, %s", verb, told).isEqualTo(failure.retriable);
            assertThat(told).hasMessageStartingWith("topic ").hasMessageContaining(failure.outcome.name());
            assertThat(told.getMessage()).doesNotContain(Troubles.CONFIDENTIAL);
        }
        ROWS.put(failure, failure.row());
    }

    /** What can go wrong, and what a caller is told. */
    enum Failure {
        NULL_TOPIC("the topic is null", Stage.ROUTE, "fix the call", Troubles::nullTopic),
        UNDECLARED_TOPIC("the topic is not declared", Stage.ROUTE, "declare it", Troubles::undeclaredTopic),
        OTHER_TYPES(
                "the topic's types are not those with which code declares it",
                Stage.ROUTE,
                "publish with the topic that is declared",
                Troubles::otherTypes),
        WRONG_TYPE("the value is of another type", Stage.ENCODE, "fix the call", Troubles::wrongType),
        THROWING_SERIALIZER("the serializer throws", Stage.ENCODE, "fix the value", Troubles::throwingSerializer),
        TOO_LARGE_FOR_THE_TOPIC(
                "the record is larger than `max.record.bytes`", Stage.GUARD, "make it smaller", Troubles::guarded),
        REFUSED_BY_A_GUARD(
                "a guard refuses the record, fails, or returns no record of the topic",
                Stage.GUARD,
                "fix the message or the guard",
                Troubles::refusedByAGuard),
        REFUSED_BY_A_GUARD_HALF_WAY(
                "a guard refuses a record of a large value, and others of it were sent",
                Stage.GUARD,
                Outcome.NOT_STORED,
                false,
                "fix the message or the guard; readers assemble no value from those",
                Troubles::refusedByAGuardHalfWay),
        NO_SUCH_PARTITION(
                "the message, or the partitioner, names a partition that does not exist",
                Stage.PARTITION,
                "fix the call or the partitioner",
                Troubles::noSuchPartition),
        TOO_LARGE_FOR_THE_CLIENT(
                "the record is larger than `producer.max.request.size`",
                Stage.SEND,
                "make it smaller, or raise the limit",
                Troubles::tooLargeForTheClient),
        NO_METADATA(
                "the topic's metadata do not arrive in time: no broker answers, the topic is missing, or the user may not see it",
                Stage.SEND,
                Outcome.REJECTED,
                true,
                "check broker, topic and ACLs; publish again later",
                Troubles::noMetadata),
        BUFFER_FULL(
                "the buffer stays full",
                Stage.SEND,
                Outcome.REJECTED,
                true,
                "publish again later",
                Troubles::bufferFull),
        TOO_MUCH_IN_FLIGHT(
                "as much is in flight as `publish.max.in.flight.*`, or that of the topic, allows",
                Stage.SEND,
                Outcome.REJECTED,
                true,
                "publish again later",
                Troubles::tooMuchInFlight),
        INTERRUPTED(
                "the caller is interrupted while there is no room",
                Stage.SEND,
                Outcome.REJECTED,
                true,
                "end, or publish again; the flag is kept",
                Troubles::interrupted),
        CLOSED("the publisher is closed", Stage.SEND, "publish before the close", Troubles::closed),
        NOT_LOGGED_IN(
                "the broker refuses the login", Stage.SEND, "fix the credentials", Troubles::authenticationFailure),
        MAY_WRITE_NOWHERE(
                "the user may see the topic, and write to none",
                Stage.SEND,
                Outcome.NOT_STORED,
                false,
                "have an ACL added",
                Troubles::mayWriteNowhere),
        MAY_NOT_WRITE(
                "the user may see the topic, and write to others only",
                Stage.SEND,
                Outcome.NOT_STORED,
                false,
                "have an ACL added",
                Troubles::mayNotWrite),
        TOO_LARGE_FOR_THE_BROKER(
                "the record is larger than the topic's `max.message.bytes`",
                Stage.SEND,
                Outcome.NOT_STORED,
                false,
                "make it smaller, or raise the limit",
                Troubles::tooLargeForTheBroker),
        POISON(
                "the broker finds the record invalid, such as one without a key in a compacted topic",
                Stage.SEND,
                Outcome.NOT_STORED,
                false,
                "fix the message",
                Troubles::poison),
        POISON_NEIGHBOUR(
                "an invalid record is in the same batch",
                Stage.SEND,
                Outcome.NOT_STORED,
                true,
                "publish again",
                Troubles::poisonNeighbour),
        BROKER_GONE(
                "the broker goes after the record was sent, until `producer.delivery.timeout.ms`",
                Stage.SEND,
                Outcome.UNKNOWN,
                false,
                "check whether it is stored before you publish it again",
                Troubles::brokerGone);

        private final String what;
        private final Stage stage;
        private final Outcome outcome;
        private final boolean retriable;
        private final String advice;
        private final Trouble trouble;

        Failure(String what, Stage stage, String advice, Trouble trouble) {
            this(what, stage, Outcome.REJECTED, false, advice, trouble);
        }

        Failure(String what, Stage stage, Outcome outcome, boolean retriable, String advice, Trouble trouble) {
            this.what = what;
            this.stage = stage;
            this.outcome = outcome;
            this.retriable = retriable;
            this.advice = advice;
            this.trouble = trouble;
        }

        private String row() {
            return "| " + what + " | `" + stage + "` | `" + outcome + "` | " + (retriable ? "yes" : "no") + " | "
                    + advice + " |\n";
        }
    }

    /** Brings one failure about. */
    interface Trouble {
        PublishException meet(Verb verb) throws Exception;
    }

    /** The two ways to publish. */
    enum Verb {
        PUBLISH,
        TRY_PUBLISH;

        /** Publishes; neither verb throws, in no thread. */
        CompletableFuture<Receipt> call(Publisher publisher, Message<?, ?> message) {
            return call(() -> this == PUBLISH ? publisher.publish(message) : publisher.tryPublish(message));
        }

        /** Publishes a key and a value, whose types need not be those of the topic. */
        @SuppressWarnings({"NullAway", "unchecked", "rawtypes"}) // what callers outside checked code do
        CompletableFuture<Receipt> call(Publisher publisher, Topic topic, Object key, Object value) {
            return call(() ->
                    this == PUBLISH ? publisher.publish(topic, key, value) : publisher.tryPublish(topic, key, value));
        }

        private static CompletableFuture<Receipt> call(java.util.function.Supplier<CompletableFuture<Receipt>> verb) {
            AtomicReference<CompletableFuture<Receipt>> future = new AtomicReference<>();
            assertThatCode(() -> future.set(verb.get())).doesNotThrowAnyException();
            return requireNonNull(future.get());
        }
    }

    static PublishException failure(CompletableFuture<Receipt> future) {
        CompletionException completion = catchThrowableOfType(CompletionException.class, future::join);
        assertThat(completion).as("the message must not be stored").isNotNull();
        assertThat(completion.getCause()).isInstanceOf(PublishException.class);
        return (PublishException) requireNonNull(completion.getCause());
    }
}
