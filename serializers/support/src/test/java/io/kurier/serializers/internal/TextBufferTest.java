// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The buffer must hold the same bytes as the JDK's, whatever the sizes of the parts. */
class TextBufferTest {

    @Test
    void anyPartsAreKeptInOrderBehindThePrefix() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int run = 0; run < 500; run++) {
            byte[] prefix = bytes(random, random.nextInt(3) * 5);
            byte[] before = prefix.clone();
            TextBuffer buffer = new TextBuffer(prefix);
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            expected.writeBytes(prefix);
            for (int parts = random.nextInt(6); parts > 0; parts--) {
                byte[] part = bytes(random, random.nextInt(100));
                int offset = random.nextInt(part.length + 1);
                buffer.write(part, offset, part.length - offset);
                expected.write(part, offset, part.length - offset);
                buffer.write(parts);
                expected.write(parts);
            }
            assertThat(buffer.toByteArray()).as("seed %d", seed).isEqualTo(expected.toByteArray());
            assertThat(prefix).as("seed %d", seed).isEqualTo(before);
        }
    }

    @Test
    void theResultIsNeverTheSharedPrefix() {
        byte[] prefix = {1, 2};

        assertThat(new TextBuffer(prefix).toByteArray()).isEqualTo(prefix).isNotSameAs(prefix);
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
