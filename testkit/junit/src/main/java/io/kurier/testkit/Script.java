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
     * What is done with a number of records.
     *
     * @param records how many, at least 1
     * @param delay after what time the publisher hears of it
     * @param dropsAck whether the record is stored and the publisher hears of a time-out
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

    /** The step for the record that arrives now; a record is stored where the script has ended. */
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
