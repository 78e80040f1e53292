// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What is allocated by others than the measuring thread must count, or a client could hide its cost in a pool. */
class AllocationTest {
    private static final int BYTES = 10_000_000;

    @Test
    void whatThisThreadAllocatesCounts() {
        Allocation allocation = Allocation.start();
        byte[] held = new byte[BYTES];

        assertThat(allocation.bytes()).isGreaterThanOrEqualTo(held.length);
    }

    @Test
    void whatAnotherThreadAllocatesCountsEvenIfItIsNew() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Allocation allocation = Allocation.start();
            byte[] held = other.submit(() -> new byte[BYTES]).get();

            assertThat(allocation.bytes()).isGreaterThanOrEqualTo(held.length);
        } finally {
            other.shutdown();
        }
    }
}
