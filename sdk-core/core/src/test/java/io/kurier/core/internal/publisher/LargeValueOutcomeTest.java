// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.DeliveryHandle;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Receipt;
import io.kurier.RecordId;
import io.kurier.Topic;
import io.kurier.core.internal.kafka.ErrorClassifier;
import io.kurier.core.internal.search.DeliveryTracker;
import io.kurier.core.transport.Acknowledgment;
import io.kurier.core.transport.SendRejection;
import io.kurier.spi.EncodedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is said of a value of several records, against what a reader makes of the log: the value if all of its records are
 * there in their order, nothing otherwise.
 */
@Timeout(30)
class LargeValueOutcomeTest {
    private static final Topic<String, String> WORDS = Topic.of("words", String.class, String.class);
    private static final Map<String, String> TOPICS =
            Map.of("topics", "words", "topics.words.value.serializer", "chunks", "topics.words.record.id", "true");
    private static final String VALUE = "one two three four";
    private static final int RECORDS = 4;

    /** What becomes of a record. */
    private enum Fate {
        STORED,
        ACKNOWLEDGMENT_LOST,
        LOST,
        TOO_LARGE,
        NO_ROOM;

        boolean isInTheLog() {
            return this == STORED || this == ACKNOWLEDGMENT_LOST;
        }
    }

    /** When the caller's thread can know of it. */
    private enum Known {
        BEFORE_THE_NEXT_IS_HANDED_OVER,
        AT_ANY_MOMENT,
        AFTER_ALL_ARE_HANDED_OVER
    }

    private record Case(List<Fate> fates, Known known) {}

    static Stream<Case> oneFailure() {
        List<Case> cases = new ArrayList<>();
        for (Known known : Known.values()) {
            for (Fate fate : EnumSet.complementOf(EnumSet.of(Fate.STORED))) {
                for (int at = 0; at < RECORDS; at++) {
                    List<Fate> fates = new ArrayList<>(Collections.nCopies(RECORDS, Fate.STORED));
                    fates.set(at, fate);
                    cases.add(new Case(fates, known));
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("oneFailure")
    void isToldAsReadersSeeIt(Case of) {
        check(of);
    }

    @RepeatedTest(5)
    void isToldAsReadersSeeItHoweverManyFail() {
        long seed = new Random().nextLong();
        System.out.println("LargeValueOutcomeTest.isToldAsReadersSeeItHoweverManyFail: seed " + seed);
        Random random = new Random(seed);
        Fate[] fates = Fate.values();
        for (int round = 0; round < 40; round++) {
            check(new Case(
                    Stream.generate(() -> fates[random.nextInt(fates.length)])
                            .limit(RECORDS)
                            .toList(),
                    Known.values()[random.nextInt(Known.values().length)]));
        }
    }

    /** The outcome follows from what failed, and is never other than what a reader sees. */
    private static void check(Case of) {
        Log log = new Log(of);
        CompletableFuture<Receipt> future;
        try (RoutedPublisher publisher = ScriptedPublishers.over(log, TOPICS, Duration.ZERO)) {
            future = publisher.publish(WORDS, "k", VALUE);
        }

        boolean read = log.isRead();
        if (!future.isCompletedExceptionally()) {
            assertThat(read).as("stored, and read: %s", of).isTrue();
            assertThat(of.fates()).containsOnly(Fate.STORED);
            return;
        }
        PublishException why = (PublishException)
                requireNonNull(future.handle((receipt, failure) -> failure).join());
        assertThat(why.outcome()).as("%s", of).isEqualTo(expected(of, log.attempts));
        if (why.outcome() == Outcome.UNKNOWN) {
            DeliveryHandle handle = why.handle().orElseThrow();
            assertThat(log.holds(handle)).as("resolved as it is read: %s", of).isEqualTo(read);
            if (of.known()
                    != Known.AT_ANY_MOMENT) { // there its own next record can come after the failure, and proves it
                assertThat(log.trail.proves(handle))
                        .as("nothing came after it: %s", of)
                        .isFalse();
            }
        } else {
            assertThat(read).as("not stored, and not read: %s", of).isFalse();
            assertThat(why.handle()).isEmpty();
        }
    }

    private static Outcome expected(Case of, int attempts) {
        List<Fate> fates = of.fates().subList(0, attempts);
        if (fates.indexOf(Fate.NO_ROOM) == 0) {
            return Outcome.REJECTED;
        }
        boolean certain = attempts < RECORDS || fates.contains(Fate.NO_ROOM) || fates.contains(Fate.TOO_LARGE);
        return certain ? Outcome.NOT_STORED : Outcome.UNKNOWN;
    }

    @Test
    void canBePublishedAgainWhereOnlyTheAnswerIsMissing() {
        Log log = new Log(new Case(
                List.of(Fate.ACKNOWLEDGMENT_LOST, Fate.STORED, Fate.STORED, Fate.STORED),
                Known.BEFORE_THE_NEXT_IS_HANDED_OVER));
        try (RoutedPublisher publisher = ScriptedPublishers.over(log, TOPICS, Duration.ZERO)) {
            PublishException why = (PublishException) requireNonNull(publisher
                    .publish(WORDS, "k", VALUE)
                    .handle((receipt, failure) -> failure)
                    .join());

            assertThat(why.outcome()).isEqualTo(Outcome.NOT_STORED);
            assertThat(why.retriable()).isTrue();
            assertThat(why)
                    .hasMessageContaining("given up after 1 records, of which readers make no value")
                    .hasMessageContaining("expired");
        }
    }

    @Test
    void isFoundByEachRecordThatIsNotKnownToBeStoredAndThoseBehind() {
        Log log = new Log(new Case(
                List.of(Fate.STORED, Fate.ACKNOWLEDGMENT_LOST, Fate.STORED, Fate.LOST),
                Known.AFTER_ALL_ARE_HANDED_OVER));
        try (RoutedPublisher publisher = ScriptedPublishers.over(log, TOPICS, Duration.ZERO)) {
            PublishException why = (PublishException) requireNonNull(publisher
                    .publish(WORDS, "k", VALUE)
                    .handle((receipt, failure) -> failure)
                    .join());

            DeliveryHandle handle = why.handle().orElseThrow();
            assertThat(handle.recordIds()).containsExactlyElementsOf(log.handedOver.subList(1, 4));
            assertThat(handle.failure()).as("that of the last that failed").isEqualTo(2);
            assertThat(handle.offset()).isEqualTo(-1);
        }
    }

    @Test
    void isNotStoredWhereItsRecordsAreInTwoTopicsOfOneName() {
        Log log = new Log(new Case(Collections.nCopies(RECORDS, Fate.STORED), Known.BEFORE_THE_NEXT_IS_HANDED_OVER));
        log.recreateAfter = 2;
        try (RoutedPublisher publisher = ScriptedPublishers.over(log, TOPICS, Duration.ZERO)) {
            PublishException why = (PublishException) requireNonNull(publisher
                    .publish(WORDS, "k", VALUE)
                    .handle((receipt, failure) -> failure)
                    .join());

            assertThat(log.isRead()).isFalse();
            assertThat(why.outcome()).isEqualTo(Outcome.NOT_STORED);
            assertThat(why).hasMessageContaining("not in the log in the order in which they were sent");
        }
    }

    /** One partition. */
    private static final class Log extends ScriptedTransport {
        private final Case of;
        private final DeliveryTracker trail = new DeliveryTracker("words", Uuid.randomUuid(), Map.of());
        private final List<UUID> handedOver = new ArrayList<>();
        private final List<Runnable> answers = new ArrayList<>();
        private final List<UUID> stored = Collections.synchronizedList(new ArrayList<>());
        private final List<String> words = Collections.synchronizedList(new ArrayList<>());
        private int attempts;
        private int recreateAfter = Integer.MAX_VALUE;

        Log(Case of) {
            this.of = of;
        }

        @Override
        public @Nullable SendRejection attempt(
                EncodedRecord record, int partition, @Nullable Long timestamp, Acknowledgment acknowledgment) {
            Fate fate = of.fates().get(attempts);
            attempts++;
            if (fate == Fate.NO_ROOM) {
                answerAll();
                return new SendRejection(new TimeoutException("full"));
            }
            if (attempts > recreateAfter) {
                recreateAfter = Integer.MAX_VALUE;
                stored.clear();
                words.clear();
            }
            UUID id = RecordId.of(record.headers()).orElseThrow();
            handedOver.add(id);
            long offset = stored.size();
            if (fate.isInTheLog()) {
                stored.add(id);
                words.add(new String(requireNonNull(record.value()), UTF_8));
            }
            DeliveryTracker.TrackedRecord step = trail.next(record, 7);
            answers.add(() -> answer(fate, offset, step, acknowledgment));
            if (of.known() != Known.AFTER_ALL_ARE_HANDED_OVER || attempts == RECORDS) {
                answerAll();
            }
            return null;
        }

        private void answerAll() {
            answers.forEach(this::onIoThread);
            answers.clear();
            if (of.known() == Known.BEFORE_THE_NEXT_IS_HANDED_OVER) {
                flush();
            }
        }

        private static void answer(
                Fate fate, long offset, DeliveryTracker.TrackedRecord step, Acknowledgment acknowledgment) {
            if (fate == Fate.STORED) {
                step.acknowledged(0, offset);
                acknowledgment.stored(0, offset, 7, 3);
            } else if (fate == Fate.TOO_LARGE) {
                acknowledgment.failed(ErrorClassifier.classify(new RecordTooLargeException("too large")));
            } else {
                acknowledgment.failed(ErrorClassifier.classify(new TimeoutException("expired"))
                        .with(step.failed(0)));
            }
        }

        /** What a reader of the format sees. */
        boolean isRead() {
            return words.equals(Arrays.asList(VALUE.split(" ", -1)));
        }

        boolean holds(DeliveryHandle handle) {
            return Set.copyOf(stored).containsAll(handle.recordIds());
        }
    }
}
