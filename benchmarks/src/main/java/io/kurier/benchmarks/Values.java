// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks;

import java.util.Random;

/** Values that are made before anything is measured, the same ones for every candidate. */
public final class Values {
    private static final int COUNT = 1_000;
    private static final int LETTERS = 16;

    private Values() {}

    /** Many different values of letters, the same in every run. */
    public static byte[][] ofSize(int size) {
        Random random = new Random(7);
        byte[][] values = new byte[COUNT][size];
        for (byte[] value : values) {
            for (int i = 0; i < size; i++) {
                value[i] = (byte) ('a' + random.nextInt(LETTERS));
            }
        }
        return values;
    }
}
