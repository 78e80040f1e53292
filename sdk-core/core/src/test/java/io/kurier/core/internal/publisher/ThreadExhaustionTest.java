// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.LocalBroker;
import io.kurier.core.OtherJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real process in which the operating system refuses threads. {@code UnmadeThreadsTest} has the cases one by one; this shows
 * that they are what happens. The limit is one of the address space, which root is held to as well.
 */
@Timeout(300)
@EnabledOnOs(value = OS.LINUX, disabledReason = "the limit is set by ulimit -v, and read from /proc")
class ThreadExhaustionTest {
    private static final long LIMIT_KILOBYTES = 8L << 20;

    @TempDir
    private Path folder;

    @Test
    void losesNoOutcomeNoQueueAndNoTransactionProducer() throws Exception {
        try (LocalBroker broker = LocalBroker.start()) {
            String printed = OtherJvm.runLimited(
                    "ulimit -v " + LIMIT_KILOBYTES,
                    folder.resolve("output"),
                    List.of("-Xmx128m", "-Xss64m", "-XX:+UseSerialGC", "-XX:-UseDynamicNumberOfCompilerThreads"),
                    ThreadExhaustionChild.class,
                    broker.bootstrapServers(),
                    String.valueOf(LIMIT_KILOBYTES << 10));

            assertThat(printed)
                    .contains(ThreadExhaustionChild.PLAIN + "100\n")
                    .contains(ThreadExhaustionChild.REFUSED + "4\n")
                    .contains(ThreadExhaustionChild.WAITED + "100\n")
                    .contains(ThreadExhaustionChild.TRANSACTIONS + "4\n")
                    .contains(ThreadExhaustionChild.OPEN + "0\n");
        }
    }
}
