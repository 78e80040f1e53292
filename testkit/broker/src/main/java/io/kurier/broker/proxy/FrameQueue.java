// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker.proxy;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection: frames wait here, in order, until they are due, and a separate thread writes them. A
 * single thread that reads and writes could only delay one frame after another, which is a slow line and not a long
 * one.
 */
final class FrameQueue {
    /** Above this many bytes reading stops, so that the other end notices a slow line. */
    private static final int ROOM = 1 << 20;

    private static final class Parcel {
        final Frame frame;
        final long due;
        boolean held;

        Parcel(Frame frame, long due, boolean held) {
            this.frame = frame;
            this.due = due;
            this.held = held;
        }
    }

    private final TrafficShaping shaping;
    private final FaultCounts counts;
    private final Deque<Parcel> parcels = new ArrayDeque<>();
    private int waiting;
    private int held;
    private boolean muted;
    private boolean ended;
    private boolean closed;
    /** When the line is free again, if bytes per second are limited. Used by the writer only. */
    private long free = System.nanoTime();

    FrameQueue(TrafficShaping shaping, FaultCounts counts) {
        this.shaping = shaping;
        this.counts = counts;
    }

    /**
     * Appends a frame. Frames behind a held one wait too: a broker responds in the order of the requests, and a client
     * relies on it.
     */
    synchronized void put(Frame frame, boolean hold) {
        if (muted || closed) {
            return;
        }
        long due = System.nanoTime();
        if (shaping.delays()) {
            counts.add(Fault.LATENCY);
            due += shaping.delay();
        }
        parcels.add(new Parcel(frame, due, hold));
        waiting += frame.length();
        held += hold ? 1 : 0;
        notifyAll();
    }

    /** Waits until few enough bytes are waiting. Held bytes are not counted, since the hold may end at any time. */
    synchronized void awaitRoom() throws InterruptedException {
        while (waiting > ROOM && held == 0 && !closed) {
            wait();
        }
    }

    synchronized int held() {
        return held;
    }

    /** Releases what is held, and returns how many frames that were. */
    synchronized int release() {
        int released = held;
        parcels.forEach(parcel -> parcel.held = false);
        held = 0;
        notifyAll();
        return released;
    }

    /** Drops all frames from now on, except those that are waiting already. */
    synchronized void mute() {
        muted = true;
    }

    synchronized boolean muted() {
        return muted;
    }

    /** Drops all frames from now on, those that are waiting included. */
    synchronized void discard() {
        muted = true;
        parcels.clear();
        waiting = 0;
        held = 0;
        notifyAll();
    }

    /** Marks the end: no more frames come. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        discard();
    }

    /** Wakes the writer after a change of the shaping. */
    synchronized void wake() {
        notifyAll();
    }

    /** Writes frames until the end. Frames that can no longer be written are dropped. */
    void run(OutputStream out) throws InterruptedException {
        Parcel next = take();
        while (next != null) {
            try {
                write(next.frame, out);
            } catch (IOException e) {
                // the receiver has gone; the other direction continues
                discard();
            }
            next = take();
        }
    }

    private synchronized @Nullable Parcel take() throws InterruptedException {
        while (true) {
            Parcel first = parcels.peek();
            if (first == null) {
                if (ended || closed) {
                    return null;
                }
                wait();
            } else if (first.held) {
                wait();
            } else if (shaping.delays() && first.due > System.nanoTime()) {
                waitUntil(first.due);
            } else {
                parcels.remove();
                waiting -= first.frame.length();
                notifyAll();
                return first;
            }
        }
    }

    private void write(Frame frame, OutputStream out) throws IOException, InterruptedException {
        if (shaping.slices(frame.length())) {
            counts.add(Fault.SLICE);
        }
        if (shaping.limits()) {
            counts.add(Fault.BANDWIDTH);
        }
        int from = 0;
        while (from < frame.length()) {
            int count = shaping.piece(frame.length() - from);
            free = Math.max(free, System.nanoTime());
            awaitFree();
            frame.write(out, from, count);
            free += shaping.busy(count);
            from += count;
        }
    }

    private synchronized void awaitFree() throws InterruptedException {
        while (shaping.limits() && !closed && free > System.nanoTime()) {
            waitUntil(free);
        }
    }

    /** Waits until that time or until something has changed. To be called with the monitor. */
    private void waitUntil(long time) throws InterruptedException {
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, time - System.nanoTime()));
    }
}
