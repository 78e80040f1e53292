// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.callers;

import io.kurier.benchmarks.clients.AckCounter;
import io.kurier.benchmarks.clients.Client;
import io.kurier.benchmarks.rounds.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Sends as many records as a client can take from several threads at once.
 *
 * @param threads the number of tasks that the records are divided among, as equally as possible
 * @param executor runs as many tasks at once
 * @param <V> the type of values
 */
record Callers<V>(Client<V> client, int threads, ExecutorService executor) implements Candidate<V> {

    @Override
    public Label label() {
        return new Label(client.name(), false);
    }

    @Override
    public String topic() {
        return client.topic();
    }

    @Override
    public void send(V[] values, int records, AckCounter heard) {
        List<Future<?>> tasks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int from = first(i, records);
            int to = first(i + 1, records);
            tasks.add(executor.submit(() -> client.sendAll(values, from, to, heard, false)));
        }
        for (Future<?> task : tasks) {
            await(task);
        }
        client.flush();
    }

    private int first(int thread, int records) {
        return (int) ((long) records * thread / threads);
    }

    private static void await(Future<?> task) {
        try {
            task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a calling thread failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the calling threads", e);
        }
    }
}
