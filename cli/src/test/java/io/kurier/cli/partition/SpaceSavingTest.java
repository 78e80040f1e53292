// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

class SpaceSavingTest {
    private static final int CAPACITY = 50;
    private static final int STREAM = 20_000;

    /** The bounds of the algorithm, on streams that are skewed more and less. */
    @Test
    void missesNoFrequentItemAndIsNeverTooLow(TestReporter reporter) {
        long seed = new Random().nextLong();
        reporter.publishEntry("seed", String.valueOf(seed));
        Random random = new Random(seed);
        for (int skew = 1; skew <= 4; skew++) {
            SpaceSaving sketch = new SpaceSaving(CAPACITY);
            Map<Long, Long> exact = new HashMap<>();
            for (int i = 0; i < STREAM; i++) {
                long item = (long) (Math.pow(random.nextDouble(), skew) * 1_000);
                sketch.add(item);
                exact.merge(item, 1L, Long::sum);
            }
            Map<Long, Long> counted = sketch.above(0).stream()
                    .collect(Collectors.toMap(SpaceSaving.Counted::item, SpaceSaving.Counted::count));
            assertThat(counted).hasSizeLessThanOrEqualTo(CAPACITY);
            assertThat(counted.values().stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(STREAM);
            assertThat(sketch.isExact()).isFalse();
            exact.forEach((item, count) -> {
                if (count > STREAM / CAPACITY) {
                    assertThat(counted).as("seed %d", seed).containsKey(item);
                }
            });
            counted.forEach((item, count) -> assertThat(count)
                    .as("seed %d", seed)
                    .isBetween(exact.getOrDefault(item, 0L), exact.getOrDefault(item, 0L) + STREAM / CAPACITY));
        }
    }

    @Test
    void isExactWhileEachItemHasACounter() {
        SpaceSaving sketch = new SpaceSaving(CAPACITY);
        for (int i = 1; i <= CAPACITY; i++) {
            for (int j = 0; j < i; j++) {
                sketch.add(i);
            }
        }
        assertThat(sketch.isExact()).isTrue();
        assertThat(sketch.above(CAPACITY - 2))
                .containsExactlyInAnyOrder(
                        new SpaceSaving.Counted(CAPACITY, CAPACITY),
                        new SpaceSaving.Counted(CAPACITY - 1, CAPACITY - 1));
    }
}
