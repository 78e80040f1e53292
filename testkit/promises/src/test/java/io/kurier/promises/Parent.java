// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The test, from the side of a process that it has started: the process reports numbers on its standard output, and
 * gets the request to end on its standard input. When that input ends, the test is gone, and this JVM halts.
 */
final class Parent {
    /** The parent's request to end normally. */
    static final String FINISH = "finish";

    private static final int ORPHAN = 3;

    private volatile boolean over;

    private Parent() {}

    /** Starts listening. */
    static Parent connect() {
        Parent parent = new Parent();
        Thread listener = new Thread(parent::listen, "parent");
        listener.setDaemon(true);
        listener.start();
        return parent;
    }

    private void listen() {
        try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                over |= line.equals(FINISH);
            }
        } catch (IOException e) {
            System.out.println("the parent cannot be heard: " + e);
        }
        Runtime.getRuntime().halt(ORPHAN);
    }

    /** Returns whether the process is to end normally. */
    boolean wantsTheEnd() {
        return over;
    }

    /** Reports a number to the parent, under a word that it knows. */
    void say(String word, long number) {
        System.out.println(word + " " + number);
    }
}
