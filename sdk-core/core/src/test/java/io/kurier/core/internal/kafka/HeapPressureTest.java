// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.LocalBroker;
import io.kurier.core.OtherJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A publisher in a heap that is exhausted again and again: no future may stay open after its close. */
@Timeout(300)
class HeapPressureTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"-Xmx48m", "-Xmx64m"})
    void leavesNoFutureOpen(String heap) throws Exception {
        try (LocalBroker broker = LocalBroker.start()) {
            List<String> options = List.of(
                    heap,
                    "-XX:+UseSerialGC",
                    "-XX:MaxDirectMemorySize=16m",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=off");

            String printed =
                    OtherJvm.run(folder.resolve("output"), options, HeapPressureChild.class, broker.bootstrapServers());

            assertThat(printed).containsPattern("exhausted [1-9]").contains(HeapPressureChild.OPEN + "0");
        }
    }
}
