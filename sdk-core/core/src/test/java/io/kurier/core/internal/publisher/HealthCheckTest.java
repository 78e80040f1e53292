// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.Health;
import io.kurier.Health.Cause;
import io.kurier.Health.Reason;
import io.kurier.core.internal.metrics.OutcomeCounts;
import io.kurier.core.transport.Acknowledgment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a publisher is live and ready, by a clock of the test's own. */
@Timeout(60)
class HealthCheckTest {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(300);
    private static final OutcomeCounts NOTHING_OPEN = new OutcomeCounts(3, 3, 0, 0, 0);
    private static final OutcomeCounts OPEN = new OutcomeCounts(4, 3, 0, 0, 0);

    private final AtomicLong seconds = new AtomicLong(Long.MAX_VALUE / 2_000_000_000);
    private final AtomicLong transacted = new AtomicLong();
    private Supplier<List<Reason>> transport = List::of;
    private OutcomeCounts counts = NOTHING_OPEN;

    private final HealthCheck check = new HealthCheck(
            new Judged(() -> transport.get()),
            () -> counts,
            transacted::get,
            GRACE,
            LIMIT,
            () -> TimeUnit.SECONDS.toNanos(seconds.get()));

    @Test
    void isReadyWhileNothingIsOpenAndTheTransportHasNoReason() {
        assertThat(check.look()).isEqualTo(Health.READY);
        assertThat(after(1_000)).isEqualTo(Health.READY);
    }

    @Test
    void isNotReadyAfterTheGraceAndNotLiveAfterTheLimit() {
        counts = OPEN;
        assertThat(check.look()).isEqualTo(Health.READY);
        assertThat(after(4)).isEqualTo(Health.READY);

        Health unready = after(1);
        assertThat(unready.live()).isTrue();
        assertThat(unready.ready()).isFalse();
        assertThat(unready.reasons())
                .containsExactly(
                        new Reason(Cause.STALLED, "messages are open, and none has got its outcome for 5000 ms"));

        assertThat(after(294).live()).isTrue();
        assertThat(after(1).live()).isFalse();
    }

    @Test
    void anyOutcomeStartsAnew() {
        counts = OPEN;
        check.look();
        assertThat(after(400).live()).isFalse();

        counts = new OutcomeCounts(5, 3, 0, 0, 1);

        assertThat(after(1)).isEqualTo(Health.READY);
        assertThat(after(4)).isEqualTo(Health.READY);
        assertThat(after(1).ready()).isFalse();
    }

    @Test
    void aMessageThatIsNewIsNotLateWhereOthersHadTheirOutcomes() {
        counts = OPEN;
        check.look();
        counts = new OutcomeCounts(4, 4, 0, 0, 0);
        after(1_000);
        counts = new OutcomeCounts(5, 4, 0, 0, 0);

        assertThat(check.look()).isEqualTo(Health.READY);
        assertThat(after(4)).isEqualTo(Health.READY);
    }

    @Test
    void messagesOfATransactionWaitForItsEnd() {
        counts = OPEN;
        transacted.set(1);
        check.look();
        assertThat(after(1_000)).isEqualTo(Health.READY);

        counts = new OutcomeCounts(5, 3, 0, 0, 0);
        assertThat(after(1)).isEqualTo(Health.READY);
        assertThat(after(5).ready()).isFalse();
    }

    @Test
    void addsTheReasonsOfTheTransport() {
        Reason alone = new Reason(Cause.NOT_CONNECTED, "no broker is connected");
        transport = () -> List.of(alone);
        counts = OPEN;
        assertThat(check.look()).isEqualTo(new Health(true, false, List.of(alone)));

        assertThat(after(300).reasons()).extracting(Reason::cause).containsExactly(Cause.STALLED, Cause.NOT_CONNECTED);
        assertThat(after(0).live()).isFalse();
    }

    @Test
    void answersWhateverTheTransportThrows() {
        for (Throwable thrown : List.of(new IllegalStateException("no idea"), new LinkageError("another version"))) {
            transport = () -> {
                throw HealthCheckTest.<RuntimeException>unchecked(thrown);
            };
            Health health = check.look();
            assertThat(health.live()).isTrue();
            assertThat(health.ready()).isFalse();
            assertThat(health.reasons()).singleElement().satisfies(reason -> {
                assertThat(reason.cause()).isEqualTo(Cause.UNKNOWN);
                assertThat(reason.text())
                        .startsWith("the health cannot be determined: ")
                        .contains(thrown.getMessage());
            });
        }
        transport = () -> null;
        assertThat(check.look().reasons()).extracting(Reason::cause).containsExactly(Cause.UNKNOWN);
    }

    @Test
    void aPublisherFollowsItsMessagesUntilItIsClosed() throws InterruptedException {
        LinkedBlockingQueue<Acknowledgment> unanswered = new LinkedBlockingQueue<>();
        RoutedPublisher publisher = ScriptedPublishers.over(new ScriptedTransport().answer(unanswered::add));
        assertThat(publisher.health()).isEqualTo(Health.READY);
        var message = publisher.publish(ScriptedPublishers.ONE, "k", "v");
        assertThat(publisher.health()).isEqualTo(Health.READY);
        unanswered.take().stored(0, 0, 0, 1);
        message.join();

        publisher.close();

        assertThat(publisher.health())
                .isEqualTo(new Health(false, false, List.of(new Reason(Cause.CLOSED, "the publisher is closed"))));
    }

    private Health after(long more) {
        seconds.addAndGet(more);
        return check.look();
    }

    @SuppressWarnings("unchecked") // the compiler takes T for a RuntimeException, which lets a checked one pass
    private static <T extends Throwable> RuntimeException unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** A transport with reasons. */
    private static final class Judged extends ScriptedTransport {
        private final Supplier<List<Reason>> reasons;

        Judged(Supplier<List<Reason>> reasons) {
            this.reasons = reasons;
        }

        @Override
        public List<Reason> whyNotReady() {
            return reasons.get();
        }
    }
}
