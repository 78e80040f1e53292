// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Measures the processor time of this JVM: of all its threads, those of the collector and the compiler included, and
 * not of the broker in its own process. Linux counts it in steps of 10 ms.
 *
 * <p>Unlike a rate, it hardly depends on what else the machine runs.
 */
public final class CpuTime {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final long before;

    private CpuTime() {
        before = SYSTEM.getProcessCpuTime();
    }

    /** Starts counting. */
    public static CpuTime start() {
        return new CpuTime();
    }

    /** Returns the processor time since the start, in nanoseconds. */
    public long nanos() {
        return SYSTEM.getProcessCpuTime() - before;
    }
}
