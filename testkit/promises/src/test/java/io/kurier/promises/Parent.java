// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The test, as a process that it has started sees it: it hears numbers on the standard output, and says on the standard
 * input when the end is to come. When that input ends, the test is gone, and this JVM halts.
 */
final class Parent {
    /** What the parent says when the process is to end well. */
    static final String FINISH = "finish";

    private static final int ORPHAN = 3;

    private volatile boolean over;

    private Parent() {}

    /** Begins to listen. */
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

    /** Whether the process is to end well. */
    boolean wantsTheEnd() {
        return over;
    }

    /** Tells the parent a number, under a word that it knows. */
    void say(String word, long number) {
        System.out.println(word + " " + number);
    }
}
