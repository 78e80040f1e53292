// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Values that are created before the measurement, the same ones for every candidate. */
public final class Values {
    private static final int COUNT = 1_000;
    private static final int WORDS = 400;
    private static final int LONGEST_WORD = 10;

    private Values() {}

    /**
     * Returns many different values of made-up words, which lz4 compresses to about half the size; the same in every
     * run.
     */
    public static byte[][] ofSize(int size) {
        Random random = new Random(7);
        String[] words = new String[WORDS];
        for (int i = 0; i < WORDS; i++) {
            words[i] = word(random);
        }
        byte[][] values = new byte[COUNT][];
        for (int i = 0; i < COUNT; i++) {
            StringBuilder text = new StringBuilder();
            while (text.length() < size) {
                text.append(words[random.nextInt(WORDS)]).append(' ');
            }
            values[i] = text.substring(0, size).getBytes(StandardCharsets.US_ASCII);
        }
        return values;
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        int letters = 2 + random.nextInt(LONGEST_WORD - 1);
        for (int i = 0; i < letters; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }
}
