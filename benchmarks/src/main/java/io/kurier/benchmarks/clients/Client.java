// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.clients;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client that is compared with others: its producer, which exists for the whole run, and the topic that only it
 * writes to. Used by one thread, except {@link #sendAll}.
 *
 * @param <V> the type of values
 */
public interface Client<V> extends AutoCloseable {

    /** Returns its name in the reports. */
    String name();

    /** Returns the topic that only this client writes to. */
    String topic();

    /**
     * Sends a record.
     *
     * @param outcome called once, by the client's callback or a dependent of its future: with null for an acknowledgment,
     *     else with the failure
     */
    void send(V value, Consumer<@Nullable Throwable> outcome);

    /**
     * Sends the values in turn, and does not wait for acknowledgments. Safe for use by any number of threads.
     *
     * @param from the number of the first record; a number selects the value, and after the last value the first
     *     follows again
     * @param to the number after the last record
     * @param heard counts the outcome of each record if there are dependents. Otherwise it counts only failures, and
     *     only those of a client that has a callback in any case
     * @param dependent whether each record has a callback or a dependent that counts it
     */
    void sendAll(V[] values, int from, int to, AckCounter heard, boolean dependent);

    /** Returns when the last record is acknowledged; its dependent may run later. */
    void flush();

    /** Sends the values in turn, from the first on, and returns when the last record is acknowledged. */
    default void flood(V[] values, int records, AckCounter heard, boolean dependent) {
        sendAll(values, 0, records, heard, dependent);
        flush();
    }

    /**
     * Sends records in one transaction, and returns when it is committed.
     *
     * @param from the number of the first record; a number selects the value, and after the last value the first
     *     follows again
     * @param to the number after the last record
     */
    void transaction(V[] values, int from, int to, AckCounter heard);

    @Override
    void close();
}
