// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

/**
 * Adds up the memory that one record will take when it is deserialized, while its bytes are checked and before anything
 * is allocated for it. Not safe for use by several threads.
 */
public final class Meter {
    private final ReadLimits limits;
    private final int length;
    private final long most;
    private long memory;
    private int depth;

    /**
     * Creates a meter at zero.
     *
     * @param length the size of the record in bytes
     */
    public Meter(ReadLimits limits, int length) {
        this.limits = limits;
        this.length = length;
        this.most = limits.memory(length);
    }

    /**
     * Adds memory in bytes.
     *
     * @throws LimitExceededException if the record takes too much
     */
    public void add(long bytes) {
        memory += bytes;
        if (memory > most) {
            throw limits.tooMuch(length);
        }
    }

    /**
     * Adds the memory of several parts of the same size.
     *
     * @param count as the record claims it, so it may be any number that is not negative
     * @throws LimitExceededException if the record takes too much
     */
    public void add(long count, long bytesEach) {
        if (count > most) {
            throw limits.tooMuch(length);
        }
        add(count * bytesEach);
    }

    /**
     * Enters one level of nesting.
     *
     * @throws LimitExceededException if that is too deep
     */
    public void enter() {
        if (++depth > limits.maxDepth()) {
            throw limits.tooDeep();
        }
    }

    /** Leaves the level that was entered last. */
    public void leave() {
        depth--;
    }
}
