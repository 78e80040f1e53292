// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PartitionLedgerTest {
    private final PartitionLedger ledger = new PartitionLedger();

    @Test
    void answersWhatAMapAnswersWhateverTheOrderAndTheGaps() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<Long, ContentHash> expected = new TreeMap<>();
        List<Long> offsets = new ArrayList<>();
        long offset = 5_000_000_000L;
        for (int i = 0; i < 3_000; i++) {
            offset += 1 + random.nextInt(3);
            offsets.add(offset);
        }
        Collections.shuffle(offsets, random);
        for (long each : offsets) {
            ContentHash value = new ContentHash(random.nextLong(), random.nextLong());
            expected.put(each, value);
            assertThat(ledger.add(each, value)).as("seed %d", seed).isTrue();
        }
        Collections.shuffle(offsets, random);
        for (long each : offsets.subList(0, 2_000)) {
            assertThat(ledger.strikeOut(each)).as("seed %d", seed).isEqualTo(expected.remove(each));
        }
        assertThat(left()).as("seed %d", seed).containsExactlyElementsOf(expected.keySet());
    }

    @Test
    void keepsTheFirstOfTwoRecordsAtOneOffset() {
        assertThat(ledger.add(3, new ContentHash(1, 1))).isTrue();
        assertThat(ledger.add(9, new ContentHash(3, 3))).isTrue();
        assertThat(ledger.add(3, new ContentHash(2, 2))).isFalse();
        assertThat(ledger.add(9, new ContentHash(2, 2))).isFalse();
        assertThat(ledger.strikeOut(3)).isEqualTo(new ContentHash(1, 1));
        assertThat(left()).containsExactly(9L);
    }

    @Test
    void knowsNothingOfOffsetsThatWereNotAddedOrAreStruckOut() {
        ledger.add(3, new ContentHash(1, 1));
        assertThat(ledger.strikeOut(2)).isNull();
        assertThat(ledger.strikeOut(4)).isNull();
        assertThat(ledger.strikeOut(3)).isNotNull();
        assertThat(ledger.strikeOut(3)).isNull();
        assertThat(left()).isEmpty();
    }

    private List<Long> left() {
        List<Long> left = new ArrayList<>();
        ledger.forEachLeft(left::add);
        return left;
    }
}
