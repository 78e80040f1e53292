// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import static java.util.Objects.requireNonNull;

import io.kurier.DeliveryHandle;
import io.kurier.Publisher;
import io.kurier.Resolution;
import io.kurier.promises.Entry.Answer;
import io.kurier.promises.Entry.Failed;
import io.kurier.promises.Entry.Resolved;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * Searches for unknown messages while the application continues publishing, as an application would: soon, so that
 * little of the log is to be read, and again later if the result cannot be determined yet. A message that is still open
 * after the application's last failure is searched for once more, and that result counts.
 */
final class Searches {
    private static final int AT_ONCE = 16;
    private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(1);

    private final Publisher publisher;
    private final Ledger ledger;
    private final Parent parent;
    private final Queue<Failed> unknown = new ConcurrentLinkedQueue<>();
    private final Map<Answer, Long> counts = new ConcurrentHashMap<>();
    private final Semaphore running = new Semaphore(AT_ONCE);
    private final Thread thread = new Thread(this::searchUntilInterrupted, "searches");

    Searches(Publisher publisher, Ledger ledger, Parent parent) {
        this.publisher = publisher;
        this.ledger = ledger;
        this.parent = parent;
    }

    void start() {
        thread.start();
    }

    /** Adds a message whose outcome is unknown; one without a handle cannot be searched for. */
    void add(Failed message) {
        if (message.handle() != null) {
            unknown.add(message);
        }
    }

    /** Ends the searches in the background, and searches a last time for the remaining messages. */
    void finish() throws InterruptedException {
        thread.interrupt();
        thread.join();
        awaitAll();
        searchAll(true);
    }

    private void searchUntilInterrupted() {
        try {
            while (true) {
                searchAll(false);
                Thread.sleep(BETWEEN_ROUNDS.toMillis());
            }
        } catch (InterruptedException e) {
            return; // the rest is left to the last search
        }
    }

    private void searchAll(boolean last) throws InterruptedException {
        List<Failed> round = List.copyOf(unknown);
        for (Failed one : round) {
            running.acquire();
            unknown.remove(one);
            search(one, requireNonNull(one.handle()), last);
        }
        awaitAll();
    }

    private void awaitAll() throws InterruptedException {
        running.acquire(AT_ONCE);
        running.release(AT_ONCE);
    }

    private void search(Failed one, DeliveryHandle handle, boolean last) {
        publisher.resolve(handle).whenComplete((resolution, failure) -> {
            if (resolution == null || (!last && resolution instanceof Resolution.NotSettled)) {
                unknown.add(one);
            } else {
                count(Resolved.of(one.message(), resolution));
            }
            running.release();
        });
    }

    private void count(Resolved resolved) {
        ledger.write(resolved);
        parent.say(resolved.answer().word(), counts.merge(resolved.answer(), 1L, Long::sum));
    }
}
