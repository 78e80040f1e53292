// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.benchmarks.clients.AckCounter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A fast candidate that loses records must end the run, not win it. */
class RoundsTest {
    private static final byte[][] VALUES = {new byte[10]};
    private static final int RECORDS = 100;

    private final Map<String, AtomicLong> broker = new HashMap<>();
    private final List<String> sent = new ArrayList<>();

    @Test
    void everyCandidateRunsOnceARoundAndTheWarmUpIsLeftOut() {
        Rounds<byte[]> rounds = rounds(new Planted("a", true, 0, 0), new Planted("b", false, 0, 0));

        Map<Candidate.Label, List<Rounds.Turn>> turns = rounds.run(VALUES, RECORDS, 2, 3);

        assertThat(sent).hasSize(10);
        assertThat(turns).hasSize(2);
        assertThat(turns.values()).allSatisfy(each -> assertThat(each).hasSize(3));
        for (int round = 0; round < 5; round++) {
            assertThat(sent.subList(2 * round, 2 * round + 2)).containsExactlyInAnyOrder("a", "b");
        }
    }

    @Test
    void aSeedGivesTheSameOrdersAgain() {
        rounds(new Planted("a", true, 0, 0), new Planted("b", true, 0, 0)).run(VALUES, RECORDS, 0, 20);
        List<String> first = List.copyOf(sent);
        sent.clear();
        rounds(new Planted("a", true, 0, 0), new Planted("b", true, 0, 0)).run(VALUES, RECORDS, 0, 20);

        assertThat(sent).isEqualTo(first);
        assertThat(first.stream().filter("a"::equals)).hasSize(20);
    }

    @Test
    void aDependentThatDidNotRunEndsTheRun() {
        assertThatThrownBy(() -> rounds(new Planted("a", true, 1, 0)).run(VALUES, RECORDS, 0, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("acknowledged 99 of 100 records");
    }

    @Test
    void aRecordThatTheBrokerDoesNotHaveEndsTheRunEvenWithoutADependent() {
        assertThatThrownBy(() -> rounds(new Planted("a", false, 0, 1)).run(VALUES, RECORDS, 0, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sent 100 records, and the broker has stored 99");
    }

    @Test
    void aRecordThatIsStoredTwiceEndsTheRun() {
        assertThatThrownBy(() -> rounds(new Planted("a", true, 0, -1)).run(VALUES, RECORDS, 0, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sent 100 records, and the broker has stored 101");
    }

    @Test
    void aFailureEndsTheRunWithItsReason() {
        AckCounter heard = new AckCounter();
        heard.outcome(null);
        heard.failure(new IllegalArgumentException("planted"));

        assertThatThrownBy(heard::throwIfFailed)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1 records failed")
                .hasMessageContaining("planted");
    }

    private Rounds<byte[]> rounds(Planted... candidates) {
        return new Rounds<>(
                List.of(candidates),
                topic -> broker.computeIfAbsent(topic, name -> new AtomicLong()).get(),
                new Random(11));
    }

    /** A candidate that leaves some dependents and some records out. */
    private final class Planted implements Candidate<byte[]> {
        private final String name;
        private final boolean dependent;
        private final int unheard;
        private final int lost;

        Planted(String name, boolean dependent, int unheard, int lost) {
            this.name = name;
            this.dependent = dependent;
            this.unheard = unheard;
            this.lost = lost;
        }

        @Override
        public Label label() {
            return new Label(name, dependent);
        }

        @Override
        public String topic() {
            return name;
        }

        @Override
        public void send(byte[][] values, int records, AckCounter heard) {
            sent.add(name);
            for (int i = unheard; dependent && i < records; i++) {
                heard.outcome(null);
            }
            broker.computeIfAbsent(name, topic -> new AtomicLong()).addAndGet(records - lost);
        }
    }
}
