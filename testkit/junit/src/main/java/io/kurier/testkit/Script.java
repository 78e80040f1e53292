// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** What a fake broker does with the records of a topic, in the order of their arrival. Guarded by the lock of the fake. */
final class Script {
    private static final Step STORE = new Step(1, Duration.ZERO, false, null);

    private final Deque<Step> steps = new ArrayDeque<>();
    private int done;

    /**
     * The handling of a number of records.
     *
     * @param records the number of records, at least 1
     * @param delay the time after which the publisher is notified
     * @param dropsAck whether the record is stored and the publisher gets a time-out
     * @param error the broker's error, with which nothing is stored, or null
     */
    record Step(
            int records,
            Duration delay,
            boolean dropsAck,
            @Nullable KafkaException error) {
        Step {
            positive("records", records);
        }
    }

    static Duration notNegative(String name, Duration time) {
        if (Objects.requireNonNull(time, name).isNegative()) {
            throw new IllegalArgumentException(name + ": " + time + " is negative");
        }
        return time;
    }

    static int positive(String name, int count) {
        if (count < 1) {
            throw new IllegalArgumentException(name + ": a fault for " + count + "; say at least 1");
        }
        return count;
    }

    void add(Step step) {
        steps.add(step);
    }

    /** Returns the step for the record that arrives now; after the end of the script a record is stored. */
    Step next() {
        Step step = steps.peek();
        if (step == null) {
            return STORE;
        }
        done++;
        if (done == step.records()) {
            steps.remove();
            done = 0;
        }
        return step;
    }
}
