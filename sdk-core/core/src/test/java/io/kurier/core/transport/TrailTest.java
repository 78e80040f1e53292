// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.Handle;
import io.kurier.RecordId;
import io.kurier.spi.EncodedRecord;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class TrailTest {
    private static final Uuid FIRST = Uuid.randomUuid();
    private static final Uuid SECOND = Uuid.randomUuid();

    private final Trail trail = new Trail("orders", FIRST, Map.of(0, 41L));

    @Test
    void remembersWhereThePartitionEndedBeforeTheHandOver() {
        UUID id = UUID.randomUUID();

        Handle handle = next(trail, id).failed(0);

        assertThat(handle.topic()).isEqualTo("orders");
        assertThat(handle.topicId()).isEqualTo(FIRST);
        assertThat(handle.partition()).isZero();
        assertThat(handle.recordIds()).containsExactly(id);
        assertThat(handle.timestamp()).isEqualTo(7);
        assertThat(handle.offset()).isEqualTo(41);
        assertThat(next(trail).failed(3).offset())
                .as("of a partition that nobody knew")
                .isEqualTo(-1);
    }

    @Test
    void showsWhatIsAcknowledgedToThoseWhoComeLaterAndNeverToThoseBefore() {
        Trail.Step before = next(trail);
        for (int i = 0; i < 1_000; i++) {
            next(trail).acknowledged(0, 100 + i);
        }
        Handle later = next(trail).failed(0);

        assertThat(before.failed(0).offset()).isEqualTo(41);
        assertThat(later.offset()).isGreaterThan(900).isLessThan(1_100);
    }

    @Test
    void provesNothingByWhatWasHandedOverBeforeTheFailure() {
        Trail.Step earlier = next(trail);
        Trail.Step lost = next(trail);
        Trail.Step together = next(trail);
        Handle handle = lost.failed(0);
        earlier.acknowledged(0, 42);
        together.acknowledged(0, 43);

        assertThat(trail.proves(handle)).isFalse();
    }

    @Test
    void provesByALaterAcknowledgmentInThatPartitionOnly() {
        Handle handle = next(trail).failed(0);
        next(trail).acknowledged(1, 5);
        assertThat(trail.proves(handle)).isFalse();

        next(trail).acknowledged(0, 42);
        assertThat(trail.proves(handle)).isTrue();
    }

    @Test
    void provesEachFailureByWhatCameAfterIt() {
        Handle first = next(trail).failed(0);
        Trail.Step between = next(trail);
        Handle second = next(trail).failed(0);
        between.acknowledged(0, 42);

        assertThat(trail.proves(first)).isTrue();
        assertThat(trail.proves(second)).isFalse();
    }

    @Test
    void provesNothingOfAnotherProducer() {
        Handle handle = next(trail).failed(0);
        Trail another = trail.ofNextProducer();
        next(another).acknowledged(0, 42);

        assertThat(another.proves(handle)).isFalse();
        assertThat(next(another).failed(0).offset()).isEqualTo(41);
    }

    @Test
    void beginsAnewWhereOffsetsGoBackwards() {
        Trail.Step failsLater = next(trail);
        next(trail).acknowledged(0, 41); // was given away before

        Handle handle = next(trail).failed(0);
        assertThat(handle.topicId()).as("not known yet").isNull();
        assertThat(handle.offset()).isEqualTo(-1);
        Handle ofFirst = failsLater.failed(0);
        assertThat(ofFirst.topicId()).isEqualTo(FIRST);
        assertThat(ofFirst.offset()).isEqualTo(41);
        next(trail).acknowledged(0, 1);
        assertThat(trail.proves(handle)).isTrue();
        assertThat(trail.proves(ofFirst)).isFalse();
    }

    @Test
    void takesNothingOverToATopicWithAnotherId() {
        Trail.Step overtaken = next(trail);
        Handle ofFirst = next(trail).failed(0);
        Trail.Step between = next(trail);
        trail.hasId(SECOND);
        between.acknowledged(0, 700);
        next(trail).acknowledged(0, 3);

        Handle ofSecond = next(trail).failed(0);
        assertThat(ofSecond.topicId()).isEqualTo(SECOND);
        assertThat(ofSecond.offset()).isEqualTo(-1);
        assertThat(trail.proves(ofFirst)).isFalse();
        assertThat(overtaken.failed(0).topicId()).isEqualTo(FIRST);
        assertThat(trail.ofNextProducer().next(record(UUID.randomUUID()), 7).failed(0))
                .extracting(Handle::topicId, Handle::offset)
                .containsExactly(SECOND, 3L);
    }

    @Test
    void goesOnWhereTheIdIsTheSame() {
        Handle handle = next(trail).failed(0);
        trail.hasId(FIRST);
        next(trail).acknowledged(0, 42);

        assertThat(trail.proves(handle)).isTrue();
    }

    @Test
    void needsAnId() {
        EncodedRecord without = new EncodedRecord("orders", null, null, new RecordHeaders());

        assertThatThrownBy(() -> trail.next(without, 7)).hasMessageContaining("a record without an id in orders");
    }

    private static Trail.Step next(Trail of) {
        return next(of, UUID.randomUUID());
    }

    private static Trail.Step next(Trail of, UUID id) {
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
