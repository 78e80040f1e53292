// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.DeliveryHandle;
import io.kurier.RecordId;
import io.kurier.spi.EncodedRecord;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class DeliveryTrackerTest {
    private static final Uuid FIRST = Uuid.randomUuid();
    private static final Uuid SECOND = Uuid.randomUuid();

    private final DeliveryTracker tracker = new DeliveryTracker("orders", FIRST, Map.of(0, 41L));

    @Test
    void remembersWhereThePartitionEndedBeforeTheHandOver() {
        UUID id = UUID.randomUUID();

        DeliveryHandle handle = next(tracker, id).failed(0);

        assertThat(handle.topic()).isEqualTo("orders");
        assertThat(handle.topicId()).isEqualTo(FIRST);
        assertThat(handle.partition()).isZero();
        assertThat(handle.recordIds()).containsExactly(id);
        assertThat(handle.timestamp()).isEqualTo(7);
        assertThat(handle.offset()).isEqualTo(41);
        assertThat(next(tracker).failed(3).offset())
                .as("of a partition that nobody knew")
                .isEqualTo(-1);
    }

    @Test
    void showsWhatIsAcknowledgedToThoseWhoComeLaterAndNeverToThoseBefore() {
        DeliveryTracker.TrackedRecord before = next(tracker);
        for (int i = 0; i < 1_000; i++) {
            next(tracker).acknowledged(0, 100 + i);
        }
        DeliveryHandle later = next(tracker).failed(0);

        assertThat(before.failed(0).offset()).isEqualTo(41);
        assertThat(later.offset()).isGreaterThan(900).isLessThan(1_100);
    }

    @Test
    void provesNothingByWhatWasHandedOverBeforeTheFailure() {
        DeliveryTracker.TrackedRecord earlier = next(tracker);
        DeliveryTracker.TrackedRecord lost = next(tracker);
        DeliveryTracker.TrackedRecord together = next(tracker);
        DeliveryHandle handle = lost.failed(0);
        earlier.acknowledged(0, 42);
        together.acknowledged(0, 43);

        assertThat(tracker.proves(handle)).isFalse();
    }

    @Test
    void provesByALaterAcknowledgmentInThatPartitionOnly() {
        DeliveryHandle handle = next(tracker).failed(0);
        next(tracker).acknowledged(1, 5);
        assertThat(tracker.proves(handle)).isFalse();

        next(tracker).acknowledged(0, 42);
        assertThat(tracker.proves(handle)).isTrue();
    }

    @Test
    void provesEachFailureByWhatCameAfterIt() {
        DeliveryHandle first = next(tracker).failed(0);
        DeliveryTracker.TrackedRecord between = next(tracker);
        DeliveryHandle second = next(tracker).failed(0);
        between.acknowledged(0, 42);

        assertThat(tracker.proves(first)).isTrue();
        assertThat(tracker.proves(second)).isFalse();
    }

    @Test
    void provesNothingOfAnotherProducer() {
        DeliveryHandle handle = next(tracker).failed(0);
        DeliveryTracker another = tracker.ofNextProducer();
        next(another).acknowledged(0, 42);

        assertThat(another.proves(handle)).isFalse();
        assertThat(next(another).failed(0).offset()).isEqualTo(41);
    }

    @Test
    void beginsAnewWhereOffsetsGoBackwards() {
        DeliveryTracker.TrackedRecord failsLater = next(tracker);
        next(tracker).acknowledged(0, 41); // was given away before

        DeliveryHandle handle = next(tracker).failed(0);
        assertThat(handle.topicId()).as("not known yet").isNull();
        assertThat(handle.offset()).isEqualTo(-1);
        DeliveryHandle ofFirst = failsLater.failed(0);
        assertThat(ofFirst.topicId()).isEqualTo(FIRST);
        assertThat(ofFirst.offset()).isEqualTo(41);
        next(tracker).acknowledged(0, 1);
        assertThat(tracker.proves(handle)).isTrue();
        assertThat(tracker.proves(ofFirst)).isFalse();
    }

    @Test
    void takesNothingOverToATopicWithAnotherId() {
        DeliveryTracker.TrackedRecord overtaken = next(tracker);
        DeliveryHandle ofFirst = next(tracker).failed(0);
        DeliveryTracker.TrackedRecord between = next(tracker);
        tracker.hasId(SECOND);
        between.acknowledged(0, 700);
        next(tracker).acknowledged(0, 3);

        DeliveryHandle ofSecond = next(tracker).failed(0);
        assertThat(ofSecond.topicId()).isEqualTo(SECOND);
        assertThat(ofSecond.offset()).isEqualTo(-1);
        assertThat(tracker.proves(ofFirst)).isFalse();
        assertThat(overtaken.failed(0).topicId()).isEqualTo(FIRST);
        assertThat(tracker.ofNextProducer().next(record(UUID.randomUUID()), 7).failed(0))
                .extracting(DeliveryHandle::topicId, DeliveryHandle::offset)
                .containsExactly(SECOND, 3L);
    }

    @Test
    void goesOnWhereTheIdIsTheSame() {
        DeliveryHandle handle = next(tracker).failed(0);
        tracker.hasId(FIRST);
        next(tracker).acknowledged(0, 42);

        assertThat(tracker.proves(handle)).isTrue();
    }

    @Test
    void needsAnId() {
        EncodedRecord without = new EncodedRecord("orders", null, null, new RecordHeaders());

        assertThatThrownBy(() -> tracker.next(without, 7)).hasMessageContaining("a record without an id in orders");
    }

    private static DeliveryTracker.TrackedRecord next(DeliveryTracker of) {
        return next(of, UUID.randomUUID());
    }

    private static DeliveryTracker.TrackedRecord next(DeliveryTracker of, UUID id) {
        return of.next(record(id), 7);
    }

    private static EncodedRecord record(UUID id) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(RecordId.HEADER, RecordId.bytes(id));
        return new EncodedRecord("orders", null, null, headers);
    }

    @Test
    void readsAnIdBackAndNothingElse() {
        UUID id = UUID.randomUUID();
        RecordHeaders headers = new RecordHeaders();
        assertThat(RecordId.of(headers)).isEmpty();
        headers.add(RecordId.HEADER, new byte[15]);
        assertThat(RecordId.of(headers)).isEmpty();
        headers.add(RecordId.HEADER, RecordId.bytes(id));
        assertThat(RecordId.of(headers)).contains(id);
        assertThat(List.of(headers.toArray())).hasSize(2);
    }
}
