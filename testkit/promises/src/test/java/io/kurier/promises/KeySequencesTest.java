// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each fault that the check has to find, planted. */
class KeySequencesTest {
    private final KeySequences sequences = new KeySequences();

    KeySequencesTest() {
        sequences.published("a", new long[] {0, 1, 2});
        sequences.published("b", new long[] {0});
    }

    @Test
    void findsNothingInWhatWasPublished() {
        read("a", 0, 0, 0);
        read("b", 0, 1, 0);
        read("a", 1, 0, 1);
        read("a", 2, 0, 2);

        assertThat(sequences.faults()).isEmpty();
        assertThat(sequences.records()).isEqualTo(4);
    }

    @Test
    void findsALostRecordInTheMiddleAndAtTheEnd() {
        read("a", 0, 0, 0);
        read("a", 2, 0, 2);

        assertThat(sequences.faults()).isEqualTo(Map.of(Fault.LOST, 2));
    }

    @Test
    void findsARecordThatIsThereTwice() {
        read("a", 0, 0, 0);
        read("a", 1, 0, 1);
        read("a", 1, 0, 2);
        read("a", 2, 0, 3);
        read("b", 0, 1, 0);

        assertThat(sequences.faults()).isEqualTo(Map.of(Fault.TWICE, 1, Fault.MISREPORTED, 2));
    }

    @Test
    void findsAnEarlierRecordBehindALaterOne() {
        read("a", 0, 0, 0);
        read("a", 2, 0, 1);
        read("a", 1, 0, 2);
        read("b", 0, 1, 0);

        assertThat(sequences.faults()).containsEntry(Fault.REORDERED, 1);
    }

    @Test
    void findsARecordInAnotherPartitionThanItsKeyAndOneThatNobodyPublished() {
        read("a", 0, 0, 0);
        read("a", 1, 0, 1);
        read("a", 2, 1, 2);
        read("b", 0, 1, 0);
        read("c", 0, 1, 1);

        assertThat(sequences.faults()).isEqualTo(Map.of(Fault.REORDERED, 1, Fault.ALTERED, 1));
    }

    private void read(String key, long number, int partition, long offset) {
        sequences.read(key, number, partition, offset);
    }
}
