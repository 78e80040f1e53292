// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One run of a test that kills: the number of kills, the seed, and its output. */
final class Trial {
    private final String name;
    private final String ofWhat;
    private final int kills;
    private final long seed;
    private final Random random;
    private final long begin = System.nanoTime();

    /**
     * Creates a run; {@code -Dpromises.seed} repeats the choices of an earlier one, though not its timing.
     *
     * @param killsProperty the system property for the number of kills; its last word names their kind
     * @param few the number of kills without it
     */
    Trial(String name, String killsProperty, int few) {
        this.name = name;
        this.ofWhat = killsProperty.substring(killsProperty.lastIndexOf('.') + 1);
        this.kills = Integer.getInteger(killsProperty, few);
        this.seed = Long.getLong("promises.seed", new Random().nextLong());
        this.random = new Random(seed);
        note("begins");
    }

    int kills() {
        return kills;
    }

    long seed() {
        return seed;
    }

    Random random() {
        return random;
    }

    /** Waits for a random time: a kill must happen at any time, not only at those that can be awaited. */
    void pauseAtMost(int microseconds) {
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(microseconds)));
    }

    /** Prints its progress. */
    void note(String what) {
        System.out.println(
                this + ", after " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin) + " s: " + what);
    }

    @Override
    public String toString() {
        return name + ", " + kills + " " + ofWhat + ", seed " + seed;
    }
}
