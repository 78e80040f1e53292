// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.partition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the most frequent of any number of different items with a fixed number of counters: the space-saving algorithm
 * (Metwally, Agrawal and El Abbadi, 2005). An item without a counter takes over the smallest one, with its count. So
 * every item that is more than {@code 1 / capacity} of the stream has a counter, and a count is never too low, and too
 * high by at most that share. The counters are a heap with the smallest on top. Used by one thread.
 */
final class SpaceSaving {
    private final int capacity;
    private final Map<Long, Counter> counters = new HashMap<>();
    private final List<Counter> heap = new ArrayList<>();
    private boolean exact = true;

    private static final class Counter {
        private long item;
        private long count;
        private int at;
    }

    /** An item with its count. */
    record Counted(long item, long count) {}

    SpaceSaving(int capacity) {
        this.capacity = capacity;
    }

    /** Returns whether there were no more different items than counters, so that the counts are exact. */
    boolean isExact() {
        return exact;
    }

    void add(long item) {
        Counter counter = counters.get(item);
        if (counter == null) {
            counter = heap.size() < capacity ? created() : takenOver();
            counter.item = item;
            counters.put(item, counter);
        }
        counter.count++;
        sink(counter);
    }

    /** Returns the items whose count is above a limit, in no order. */
    List<Counted> above(double limit) {
        return heap.stream()
                .filter(counter -> counter.count > limit)
                .map(counter -> new Counted(counter.item, counter.count))
                .toList();
    }

    /** Adds a counter at the end, of a count that is smaller than all others, and lets it rise. */
    private Counter created() {
        Counter counter = new Counter();
        counter.at = heap.size();
        heap.add(counter);
        while (counter.at > 0 && heap.get((counter.at - 1) / 2).count > counter.count) {
            swap(counter, heap.get((counter.at - 1) / 2));
        }
        return counter;
    }

    private Counter takenOver() {
        Counter smallest = heap.get(0);
        counters.remove(smallest.item);
        exact = false;
        return smallest;
    }

    private void sink(Counter counter) {
        while (true) {
            int child = 2 * counter.at + 1;
            if (child >= heap.size()) {
                return;
            }
            Counter smaller = heap.get(child);
            if (child + 1 < heap.size() && heap.get(child + 1).count < smaller.count) {
                smaller = heap.get(child + 1);
            }
            if (smaller.count >= counter.count) {
                return;
            }
            swap(counter, smaller);
        }
    }

    private void swap(Counter one, Counter other) {
        int at = one.at;
        one.at = other.at;
        other.at = at;
        heap.set(one.at, one);
        heap.set(other.at, other);
    }
}
