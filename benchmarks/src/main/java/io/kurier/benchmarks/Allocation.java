// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measures how many bytes all threads of this JVM allocate, a producer's I/O thread and pools included.
 *
 * <p>JDK 21 and newer count for the whole JVM. With earlier versions it is the sum over the threads that are alive at
 * the end, so allocations of a thread that ends in between are missed; the pools that are measured here outlive a turn.
 */
public final class Allocation {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final @Nullable Method TOTAL = total();

    private final long totalBefore;
    private final Map<Long, Long> before;

    private Allocation() {
        before = TOTAL == null ? byThread() : Map.of();
        totalBefore = TOTAL == null ? 0 : ofJvm(TOTAL);
    }

    /** Starts counting. */
    public static Allocation start() {
        return new Allocation();
    }

    /** Returns the bytes allocated since the start. */
    public long bytes() {
        if (TOTAL != null) {
            return ofJvm(TOTAL) - totalBefore;
        }
        long sum = 0;
        for (Map.Entry<Long, Long> thread : byThread().entrySet()) {
            sum += thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
        }
        return sum;
    }

    private static Map<Long, Long> byThread() {
        long[] ids = THREADS.getAllThreadIds();
        long[] bytes = THREADS.getThreadAllocatedBytes(ids);
        Map<Long, Long> byThread = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            if (bytes[i] >= 0) { // -1: it has ended meanwhile
                byThread.put(ids[i], bytes[i]);
            }
        }
        return byThread;
    }

    private static long ofJvm(Method total) {
        try {
            return (long) total.invoke(THREADS);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the JVM does not tell what it allocates: " + e, e);
        }
    }

    private static @Nullable Method total() {
        try {
            return com.sun.management.ThreadMXBean.class.getMethod("getTotalThreadAllocatedBytes");
        } catch (NoSuchMethodException e) {
            return null; // a JDK before 21
        }
    }
}
