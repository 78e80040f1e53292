// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.lines;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A stream that a thread of its own reads, a few blocks ahead: Java cannot interrupt a thread that reads standard input,
 * and Ctrl-C must end a command that waits for it. A thread that is left waiting is a daemon. Used by one thread.
 */
public final class InterruptibleInput extends InputStream {
    private static final int BLOCK = 1 << 16;
    private static final int AHEAD = 4;

    private final BlockingQueue<Block> blocks = new ArrayBlockingQueue<>(AHEAD);
    private final Thread reader;
    private final Runnable beforeWaiting;
    private byte[] current = {};
    private int next;
    private @Nullable Block last;

    /** Bytes, or the end of the stream if there are none, with the failure that is the reason of the end. */
    private record Block(byte[] bytes, @Nullable IOException failure) {}

    /** Begins to read a stream, which is closed at its end. */
    public InterruptibleInput(InputStream in) {
        this(in, () -> {});
    }

    /**
     * Begins to read a stream, which is closed at its end.
     *
     * @param beforeWaiting called by a reading thread before it waits for bytes that are not there yet
     */
    public InterruptibleInput(InputStream in, Runnable beforeWaiting) {
        this.beforeWaiting = beforeWaiting;
        reader = new Thread(() -> pump(in), "kurier-input");
        reader.setDaemon(true);
        reader.start();
    }

    private void pump(InputStream in) {
        byte[] buffer = new byte[BLOCK];
        try (in) {
            while (true) {
                Block block;
                try {
                    int read = in.read(buffer);
                    block = new Block(Arrays.copyOf(buffer, Math.max(0, read)), null);
                } catch (IOException e) {
                    block = new Block(new byte[0], e);
                }
                blocks.put(block);
                if (block.bytes().length == 0) {
                    return;
                }
            }
        } catch (InterruptedException | IOException e) { // nothing more is wanted, or it cannot be closed
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** Returns the number of bytes, or -1 at the end; an interrupt of the calling thread ends it. */
    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (next == current.length) {
            Block block = last == null ? take() : last;
            if (block.bytes().length == 0) {
                last = block;
                if (block.failure() != null) {
                    throw block.failure();
                }
                return -1;
            }
            current = block.bytes();
            next = 0;
        }
        int count = Math.min(length, current.length - next);
        System.arraycopy(current, next, target, from, count);
        next += count;
        return count;
    }

    private Block take() throws InterruptedIOException {
        if (blocks.isEmpty()) {
            beforeWaiting.run();
        }
        try {
            return blocks.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading");
        }
    }

    @Override
    public void close() {
        reader.interrupt();
    }
}
