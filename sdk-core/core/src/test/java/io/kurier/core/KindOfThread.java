// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static org.junit.jupiter.api.Assumptions.abort;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** The threads of a test: those of the platform, and virtual ones where the JDK has them. */
enum KindOfThread {
    PLATFORM,
    VIRTUAL;

    /** Starts a thread, or skips the test if this JDK does not have the kind. */
    Thread start(Runnable work) {
        Thread thread = this == PLATFORM ? new Thread(work) : virtual(work);
        thread.start();
        return thread;
    }

    /** Starts as many threads, each with its number. */
    List<Thread> start(int count, IntConsumer work) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            threads.add(start(() -> work.accept(number)));
        }
        return threads;
    }

    /** By reflection: {@code Thread.ofVirtual()} came with JDK 21, and the tests compile for 17. */
    private static Thread virtual(Runnable work) {
        int jdk = Runtime.version().feature();
        if (jdk < 21) {
            String reason = "JDK " + jdk + " has no virtual threads; they came with 21";
            System.out.println("skipped: " + reason);
            abort(reason);
        }
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            return (Thread) Class.forName("java.lang.Thread$Builder")
                    .getMethod("unstarted", Runnable.class)
                    .invoke(builder, work);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("Thread.ofVirtual() of JDK " + jdk, e);
        }
    }
}
