// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.partitions;

import io.kurier.benchmarks.clients.AckCounter;
import io.kurier.benchmarks.clients.Client;
import java.time.Duration;

/**
 * One client's turn of a flood: as many records as it can send for some time. The first part does not count, in which
 * the buffer of the producer fills.
 *
 * @param rate acknowledged records per second of the part that counts
 * @param behindProxy the percentage of all records of the turn that went to the partition behind the proxy
 */
record FloodTurn(double rate, double behindProxy) {
    private static final int BETWEEN_LOOKS = 100;

    /**
     * Floods, and waits for the last acknowledgment.
     *
     * @param fill how long the first part takes
     * @param counted how long the part takes that counts
     * @throws IllegalStateException if a record failed, or records and acknowledgments differ
     */
    static FloodTurn of(Client<byte[]> client, byte[][] values, Duration fill, Duration counted, SlowLeader brokers) {
        String topic = client.topic();
        long storedBefore = brokers.topics().of(topic);
        long behindBefore = brokers.storedBehindProxy(topic);
        AckCounter heard = new AckCounter();
        System.gc(); // so that no turn pays for the garbage of the one before
        int filled = send(client, values, 0, fill, heard);
        long start = System.nanoTime();
        long storedAtStart = heard.stored();
        int sent = send(client, values, filled, counted, heard);
        double rate = (heard.stored() - storedAtStart) * 1e9 / (System.nanoTime() - start);
        client.flush();
        heard.await(sent);
        heard.throwIfFailed();
        long stored = brokers.topics().of(topic) - storedBefore;
        if (heard.stored() != sent || stored != sent) {
            throw new IllegalStateException(client.name() + " sent " + sent + " records: " + heard.stored()
                    + " were acknowledged, and the brokers have stored " + stored);
        }
        return new FloodTurn(rate, (brokers.storedBehindProxy(topic) - behindBefore) * 100.0 / sent);
    }

    /** Sends for some time, and returns the number after the last record. */
    private static int send(Client<byte[]> client, byte[][] values, int from, Duration time, AckCounter heard) {
        long end = System.nanoTime() + time.toNanos();
        int next = from;
        while (System.nanoTime() - end < 0) {
            client.sendAll(values, next, next + BETWEEN_LOOKS, heard, true);
            next += BETWEEN_LOOKS;
        }
        return next;
    }
}
