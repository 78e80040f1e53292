// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import io.kurier.promises.Report.Faults;
import java.util.HashMap;
import java.util.Map;

/**
 * Compares a topic whose messages were all acknowledged with what was published: the numbers of each key, from 0 without
 * a gap. Where an {@link Oracle} keeps every message, this keeps a number for each key and an offset for each message, so
 * that millions of them fit into memory. Used by one thread.
 */
final class KeySequences {
    private final Map<String, Sequence> sequences = new HashMap<>();
    private final Faults faults = new Faults();
    private long records;

    /** What is known of one key. */
    private static final class Sequence {
        private final long[] receipts;
        private long next;
        private int partition = -1;

        Sequence(long[] receipts) {
            this.receipts = receipts;
        }
    }

    /**
     * Adds a key.
     *
     * @param receipts the offsets that were reported for its numbers; -1 where none was
     */
    void published(String key, long[] receipts) {
        sequences.put(key, new Sequence(receipts));
    }

    /** Checks a record; to be called in the order of the offsets of each partition. */
    void read(String key, long number, int partition, long offset) {
        records++;
        Sequence sequence = sequences.get(key);
        String what = key + " " + number + " at " + partition + "@" + offset;
        if (sequence == null || number < 0 || number >= sequence.receipts.length) {
            faults.add(Fault.ALTERED, what + " was not published");
            return;
        }
        if (sequence.receipts[(int) number] != offset) {
            faults.add(Fault.MISREPORTED, what + ", and its receipt was " + sequence.receipts[(int) number]);
        }
        if (sequence.partition >= 0 && sequence.partition != partition) {
            faults.add(Fault.REORDERED, what + " is in another partition than " + sequence.partition);
        }
        sequence.partition = partition;
        if (number == sequence.next - 1) {
            faults.add(Fault.TWICE, what);
        } else if (number < sequence.next) {
            faults.add(Fault.REORDERED, what + " is behind " + (sequence.next - 1));
        } else {
            for (long lost = sequence.next; lost < number; lost++) {
                faults.add(Fault.LOST, key + " " + lost + " is not before " + what);
            }
            sequence.next = number + 1;
        }
    }

    /** Returns how often each fault was found, once every record was read; empty if there is none. */
    Map<Fault, Integer> faults() {
        sequences.forEach((key, sequence) -> {
            for (long lost = sequence.next; lost < sequence.receipts.length; lost++) {
                faults.add(Fault.LOST, key + " " + lost);
            }
            sequence.next = Math.max(sequence.next, sequence.receipts.length);
        });
        return faults.counts();
    }

    /** Returns how many records were read. */
    long records() {
        return records;
    }

    @Override
    public String toString() {
        return records + " records, faults " + faults.counts() + " " + faults.examples();
    }
}
