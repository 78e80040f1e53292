// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Starts JDK 21's virtual threads, by reflection, since this module compiles for JDK 17. */
public final class VirtualThreads {
    private VirtualThreads() {}

    /** Returns an executor with a virtual thread for each task, to be shut down by the caller; empty on an older JDK. */
    public static Optional<ExecutorService> executor() {
        try {
            return Optional.of((ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("JDK " + Runtime.version() + " starts no virtual threads: " + e, e);
        }
    }
}
