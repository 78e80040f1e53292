// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.defaults;

import io.kurier.benchmarks.Statistics;
import io.kurier.benchmarks.Topics;
import io.kurier.benchmarks.clients.AckCounter;
import io.kurier.benchmarks.clients.Client;
import io.kurier.benchmarks.results.Figures;
import io.kurier.benchmarks.rounds.Rounds;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Measures how many bytes of the broker's disk a record takes, in turns of their own, in which the broker deletes
 * nothing.
 */
final class DiskSpace {
    private static final int ROUNDS = 3;
    private static final String TITLE = "on the broker's disk";
    private static final String MEASURE = "B/record";

    private final Topics topics;
    private final Random random;

    /**
     * Creates a measurement.
     *
     * @param random decides the orders
     */
    DiskSpace(Topics topics, Random random) {
        this.topics = topics;
        this.random = random;
    }

    /** Returns the bytes per record of each client by its name, round by round. */
    Map<String, List<Double>> measure(List<Client<Order>> clients, Order[] orders, int records) {
        clients.forEach(client -> topics.keepAll(client.topic(), true));
        try {
            return Rounds.inTurns(clients, Client::name, client -> turn(client, orders, records), random, 0, ROUNDS);
        } finally {
            clients.forEach(client -> topics.keepAll(client.topic(), false));
        }
    }

    private double turn(Client<Order> client, Order[] orders, int records) {
        AckCounter heard = new AckCounter();
        long before = topics.bytes(client.topic());
        client.flood(orders, records, heard, false);
        heard.throwIfFailed();
        return (topics.bytes(client.topic()) - before) / (double) records;
    }

    /** Prints the table, and adds its figures; the first client is the baseline. */
    static void print(PrintStream out, Figures figures, List<String> order, Map<String, List<Double>> measured) {
        out.printf(
                Locale.ROOT, "%n%-32s %12s %17s %10s %9s%n", TITLE, MEASURE, "ratio of medians", "smallest", "largest");
        for (String client : order) {
            Statistics.Ratio ratio = Statistics.ratio(of(client, measured), of(order.get(0), measured));
            out.printf(
                    Locale.ROOT,
                    "%-32s %,12.0f %17.3f %10.3f %9.3f%n",
                    client,
                    Statistics.median(of(client, measured)),
                    ratio.ofMedians(),
                    ratio.smallest(),
                    ratio.largest());
            figures.add(TITLE, client, MEASURE, of(client, measured));
            for (String other : order) {
                figures.add(TITLE, client, MEASURE, other, Statistics.ratio(of(client, measured), of(other, measured)));
            }
        }
    }

    private static List<Double> of(String client, Map<String, List<Double>> measured) {
        List<Double> found = measured.get(client);
        if (found == null) {
            throw new IllegalArgumentException(client + " has not run");
        }
        return found;
    }
}
