// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import java.security.MessageDigest;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of the chunks of one blob. A chunk is hashed in the JDK's common pool while the caller handles the next
 * one: SHA-256 takes longer than reading and sending, so in one thread it would set the rate. At most one chunk is kept
 * for it. If the pool has no thread free, the caller hashes the chunk itself, so nothing waits for the tasks of others.
 *
 * <p>Used by one thread. It holds no resource: a digest that is not ended is garbage.
 */
final class ChunkDigest {
    /** Hashing fewer bytes, some 40 us on current processors, costs less than passing them to another thread. */
    private static final int FEWEST_BYTES_TO_PASS_ON = 64 * 1024;

    private final MessageDigest digest = Sha256.start();
    private @Nullable FutureTask<?> last;

    /** Adds a chunk, which must not be changed until the next call. */
    void update(byte[] chunk) {
        finish();
        if (chunk.length < FEWEST_BYTES_TO_PASS_ON) {
            digest.update(chunk);
            return;
        }
        FutureTask<?> task = new FutureTask<@Nullable Void>(() -> digest.update(chunk), null);
        last = task;
        try {
            ForkJoinPool.commonPool().execute(task);
        } catch (Throwable e) { // no memory for a thread, for example: finish() runs the task
            return;
        }
    }

    /** Returns the digest of all chunks in lower-case hexadecimal digits. Called once, after the last chunk. */
    String end() {
        finish();
        return Sha256.end(digest);
    }

    /** Waits until the last chunk is hashed; an interrupt does not end the wait, and the interrupt flag is kept. */
    private void finish() {
        FutureTask<?> task = last;
        if (task == null) {
            return;
        }
        last = null;
        task.run(); // does nothing if the pool has begun it
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    Object unused = task.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("a chunk could not be hashed: " + e.getCause(), e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
