// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of a megabyte that would take a multiple of it, in a heap of 64 MiB. */
class BombTest {
    @TempDir
    Path folder;

    @Test
    void everyBombIsRefusedByOneTypeOfException() throws Exception {
        assertThat(SmallJvm.run(folder.resolve("output"), Bombs.class, "40")).endsWith("107 of 107 were refused\n");
    }

    /** Shows that they are bombs: what refuses them is the limit and nothing else. */
    @Test
    void withoutTheLimitTheHeapIsFull() throws Exception {
        assertThat(SmallJvm.run(folder.resolve("output"), Bombs.class, "2000000000"))
                .contains("java.lang.OutOfMemoryError");
    }

    @Test
    void honestRecordsOfAMegabyteAreRead() throws Exception {
        assertThat(SmallJvm.run(folder.resolve("output"), HonestRecords.class)).endsWith("all came back\n");
    }
}
