// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpaceSavingTest {

    @Test
    void countsExactlyWhileThereIsRoom() {
        SpaceSaving sketch = new SpaceSaving(3);
        for (long key : new long[] {1, 2, 1, 3, 1, 2}) {
            sketch.add(key);
        }
        assertThat(bounds(sketch)).isEqualTo(Map.of(1L, "3 to 3", 2L, "2 to 2", 3L, "1 to 1"));
        assertThat(sketch.total()).isEqualTo(6);
        assertThat(sketch.isExact()).isTrue();
        sketch.add(4);
        assertThat(sketch.isExact()).isFalse();
    }

    @Test
    void theTrueCountIsBetweenTheBoundsAndAFrequentKeyIsNeverMissing() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int capacity = 20;
        SpaceSaving sketch = new SpaceSaving(capacity);
        Map<Long, Integer> exact = new HashMap<>();
        int total = 50_000;
        for (int i = 0; i < total; i++) {
            long key = (long) Math.exp(random.nextDouble() * 7);
            sketch.add(key);
            exact.merge(key, 1, Integer::sum);
        }
        Map<Long, long[]> found = new HashMap<>();
        sketch.forEach((key, atLeast, atMost) -> found.put(key, new long[] {atLeast, atMost}));

        found.forEach((key, bounds) -> assertThat((long) exact.getOrDefault(key, 0))
                .as("seed %d, key %d", seed, key)
                .isBetween(bounds[0], bounds[1]));
        exact.forEach((key, count) -> {
            if (count > total / capacity) {
                assertThat(found).as("seed %d", seed).containsKey(key);
            }
        });
        assertThat(found).hasSize(capacity);
    }

    @Test
    void halvingKeepsTheOrder() {
        SpaceSaving sketch = new SpaceSaving(2);
        for (int i = 0; i < 10; i++) {
            sketch.add(1);
        }
        for (int i = 0; i < 4; i++) {
            sketch.add(2);
        }
        sketch.halve();

        assertThat(sketch.total()).isEqualTo(7);
        assertThat(bounds(sketch)).isEqualTo(Map.of(1L, "5 to 5", 2L, "2 to 2"));
    }

    private static Map<Long, String> bounds(SpaceSaving sketch) {
        Map<Long, String> bounds = new HashMap<>();
        sketch.forEach((key, atLeast, atMost) -> bounds.put(key, atLeast + " to " + atMost));
        return bounds;
    }
}
