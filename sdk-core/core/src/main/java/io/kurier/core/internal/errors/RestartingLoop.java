// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.errors;

/**
 * The outermost frame of a thread that must not die: runs a loop, and runs it again if it ends by an error.
 *
 * <p>A loop's own handlers are not enough when memory is exhausted. To report an error may need memory, and be it for
 * the message's literal; and HotSpot drops a compiled frame with all its handlers if it finds no memory to deoptimize
 * it. This frame runs once a thread, so that it remains interpreted, and its handler allocates nothing.
 *
 * @param loop returns when the thread is to end
 */
public record RestartingLoop(Runnable loop) implements Runnable {

    @Override
    public void run() {
        boolean ended = false;
        while (!ended) {
            try {
                loop.run();
                ended = true;
            } catch (Throwable e) {
                ended = false;
            }
        }
    }
}
