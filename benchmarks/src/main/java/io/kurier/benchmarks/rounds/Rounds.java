// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.rounds;

import io.kurier.benchmarks.Allocation;
import io.kurier.benchmarks.CpuTime;
import io.kurier.benchmarks.StoredRecords;
import io.kurier.benchmarks.clients.AckCounter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/**
 * Runs every candidate once per round, each round in another order, so that none always follows the same one. Ends the
 * run if a single record is missing or too many.
 *
 * @param <V> the type of values
 */
public final class Rounds<V> {
    private final List<? extends Candidate<V>> candidates;
    private final StoredRecords stored;
    private final Random random;

    /**
     * Creates rounds of the candidates.
     *
     * @param stored the broker's own count
     * @param random decides the orders
     */
    public Rounds(List<? extends Candidate<V>> candidates, StoredRecords stored, Random random) {
        this.candidates = candidates;
        this.stored = stored;
        this.random = random;
    }

    /**
     * One candidate's part of a round.
     *
     * @param rate records per second, from the first record to the last acknowledgment or dependent
     * @param cpuNanos processor time per record, of all threads of the JVM, in nanoseconds
     * @param bytes bytes allocated per record, by all threads of the JVM
     */
    public record Turn(double rate, double cpuNanos, double bytes) {}

    /**
     * Runs all rounds.
     *
     * @return the measured turns of each candidate, round by round
     * @throws IllegalStateException if records and acknowledgments differ
     */
    public Map<Candidate.Label, List<Turn>> run(V[] values, int records, int warmUp, int measured) {
        return inTurns(
                candidates, Candidate::label, candidate -> turn(candidate, values, records), random, warmUp, measured);
    }

    /**
     * Gives each competitor one turn per round, each round in another order.
     *
     * @param name returns the key of a competitor's turns in the result
     * @param turn takes a turn, and returns its measurement
     * @param random decides the orders
     * @param warmUp how many rounds do not count
     * @param measured how many rounds count, after those
     * @return the measured turns of each, round by round
     */
    public static <C, N, T> Map<N, List<T>> inTurns(
            List<? extends C> competitors,
            Function<C, N> name,
            Function<C, T> turn,
            Random random,
            int warmUp,
            int measured) {
        Map<N, List<T>> turns = new HashMap<>();
        List<C> order = new ArrayList<>(competitors);
        for (int round = 0; round < warmUp + measured; round++) {
            Collections.shuffle(order, random);
            for (C competitor : order) {
                T taken = turn.apply(competitor);
                if (round >= warmUp) {
                    turns.computeIfAbsent(name.apply(competitor), first -> new ArrayList<>())
                            .add(taken);
                }
            }
        }
        return turns;
    }

    private Turn turn(Candidate<V> candidate, V[] values, int records) {
        long storedBefore = stored.of(candidate.topic());
        AckCounter heard = new AckCounter();
        System.gc(); // so that no turn pays for the garbage of the one before
        Allocation allocation = Allocation.start();
        CpuTime cpu = CpuTime.start();
        long start = System.nanoTime();
        candidate.send(values, records, heard);
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuNanos = cpu.nanos();
        double bytes = allocation.bytes();
        check(candidate, records, heard, stored.of(candidate.topic()) - storedBefore);
        return new Turn(records / seconds, cpuNanos / records, bytes / records);
    }

    private static void check(Candidate<?> candidate, int records, AckCounter heard, long nowStored) {
        heard.throwIfFailed();
        if (candidate.label().dependent() && heard.stored() != records) {
            throw new IllegalStateException(
                    candidate.label() + " acknowledged " + heard.stored() + " of " + records + " records");
        }
        if (nowStored != records) {
            throw new IllegalStateException(
                    candidate.label() + " sent " + records + " records, and the broker has stored " + nowStored);
        }
    }
}
