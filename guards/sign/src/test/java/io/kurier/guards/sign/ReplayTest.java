// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.guards.sign.ReplayWindow.Position;
import io.kurier.guards.sign.VerificationException.Part;
import io.kurier.spi.EncodedRecord;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplayTest {
    @TempDir
    private Path folder;

    private SignedTopic topic;

    @BeforeEach
    void makeKeys() throws Exception {
        topic = new SignedTopic(folder, Map.of());
    }

    private EncodedRecord signed(int id) {
        return topic.sign(SignedTopic.record("k", "v" + id, SignedTopic.withId(new UUID(7, id))));
    }

    private static void assertRefused(Part part, ThrowingCallable verification) {
        assertThatThrownBy(verification)
                .isInstanceOfSatisfying(
                        VerificationException.class, e -> assertThat(e.part()).isEqualTo(part));
    }

    @Test
    void detectsAReplayAtAnotherOffsetWithinTheWindow() {
        RecordVerifier verifier = topic.verifier(Map.of("sign.replay.window", "3"));
        for (int i = 0; i < 3; i++) {
            verifier.verify(signed(i), 0, i);
        }
        for (int i = 0; i < 3; i++) {
            EncodedRecord replayed = signed(i);
            assertRefused(Part.REPLAYED, () -> verifier.verify(replayed, 0, 100));
            assertRefused(Part.REPLAYED, () -> verifier.verify(replayed, 1, 0));
            assertRefused(Part.REPLAYED, () -> verifier.verify(replayed));
        }
    }

    @Test
    void readsTheSameOffsetAgain() {
        RecordVerifier verifier = topic.verifier(Map.of("sign.replay.window", "3"));
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 3; i++) {
                verifier.verify(signed(i), 0, i);
            }
        }
    }

    @Test
    void forgetsWhatIsOlderThanTheWindow() {
        RecordVerifier verifier = topic.verifier(Map.of("sign.replay.window", "3"));
        for (int i = 0; i < 4; i++) {
            verifier.verify(signed(i), 0, i);
        }
        verifier.verify(signed(0), 0, 4); // 0 has left the window, and 1 leaves it now
        assertRefused(Part.REPLAYED, () -> verifier.verify(signed(2), 0, 5));
    }

    @Test
    void takesEachRecordOnceIfOffsetsAreUnknown() {
        RecordVerifier verifier = topic.verifier(Map.of("sign.replay.window", "3"));
        EncodedRecord record = signed(1);
        verifier.verify(record);
        assertRefused(Part.REPLAYED, () -> verifier.verify(record));
    }

    @Test
    void keepsAsManyIdsOfEachTopic() {
        ReplayWindow window = new ReplayWindow(2);
        for (String each : new String[] {"a", "b"}) {
            for (int i = 0; i < 2; i++) {
                assertThat(window.isReplay(each, new UUID(0, i), new Position(each, 0, i)))
                        .isFalse();
            }
        }
        for (String each : new String[] {"a", "b"}) {
            assertThat(window.isReplay(each, new UUID(0, 0), new Position(each, 0, 9)))
                    .isTrue();
        }
    }

    @Test
    void detectsNoReplaysByDefault() {
        RecordVerifier verifier = topic.verifier(Map.of());
        verifier.verify(signed(1), 0, 1);
        verifier.verify(signed(1), 0, 2);
    }

    @Test
    void refusesRecordsWithoutAnId() {
        RecordVerifier verifier = topic.verifier(Map.of("sign.replay.window", "3"));
        assertThatThrownBy(() -> verifier.verify(topic.sign("k", "a"), 0, 1))
                .isInstanceOfSatisfying(
                        VerificationException.class, e -> assertThat(e.part()).isEqualTo(Part.RECORD_ID))
                .hasMessage(
                        "a record of the topic orders is not verified: it has no record id, by which"
                                + " sign.replay.window detects replays. Publish it with record.id=true, or set the window to 0");
    }

    @Test
    void keepsNoIdOfAForgedRecord() {
        RecordVerifier verifier = topic.verifier(Map.of("sign.replay.window", "3"));
        EncodedRecord record = signed(1);
        assertRefused(Part.VALUE, () -> verifier.verify(record.withValue(new byte[0]), 0, 1));
        verifier.verify(record, 0, 2);
    }
}
