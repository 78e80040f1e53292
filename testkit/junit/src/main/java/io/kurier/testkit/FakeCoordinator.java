// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The owners of transactional ids, and how the next commits end. Guarded by the lock of the fake. */
final class FakeCoordinator {
    private final Map<String, Integer> epochs = new HashMap<>();
    private final Deque<Failures> commitFailures = new ArrayDeque<>();
    private int failed;

    private record Failures(int commits, RuntimeException failure) {}

    /** Gives an id to a producer, fences its earlier owner, and returns the new epoch. */
    int open(String id) {
        return epochs.merge(id, 1, Integer::sum);
    }

    boolean isFenced(String id, int epoch) {
        return epochs.getOrDefault(id, epoch) != epoch;
    }

    void failCommits(int commits, RuntimeException failure) {
        commitFailures.add(new Failures(Script.positive("commits", commits), failure));
    }

    /** Returns how the current commit fails, or null. */
    @Nullable
    RuntimeException nextCommitFailure() {
        Failures next = commitFailures.peek();
        if (next == null) {
            return null;
        }
        failed++;
        if (failed == next.commits()) {
            commitFailures.remove();
            failed = 0;
        }
        return next.failure();
    }
}
