// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks;

/** The network between client and broker: the machine's loopback, or one that {@code --link} has given a rate. */
public final class Link {
    private static final String RATE = System.getProperty("benchmarks.link", "");

    private Link() {}

    /** Returns the rate, such as {@code 1gbit}; empty if the loopback is as the machine has it. */
    public static String rate() {
        return RATE;
    }

    /** Returns one line for the report. */
    public static String inWords() {
        return RATE.isEmpty()
                ? "link: the loopback, without a limit"
                : "link: a loopback of " + RATE + " for both directions together";
    }
}
