// SPDX-License-Identifier: Apache-2.0
package io.kurier.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
    private final Tally tally = new Tally(List.of("a", "b"));

    @Test
    void findsNothingWhereEachIsThereOnce() {
        tally.found("b");
        assertThat(tally.isComplete()).isFalse();
        tally.found("a");
        assertThat(tally.isComplete()).isTrue();
        assertThat(tally.differences()).isEmpty();
    }

    @Test
    void noticesWhatIsLost() {
        tally.found("b");
        assertThat(tally.differences()).containsExactly("lost: a");
    }

    @Test
    void noticesWhatIsThereTwiceAndWhatWasNeverWritten() {
        tally.found("a");
        tally.found("a");
        tally.found("b");
        tally.found("c");
        assertThat(tally.differences()).containsExactlyInAnyOrder("too many by 1: a", "too many by 1: c");
    }
}
