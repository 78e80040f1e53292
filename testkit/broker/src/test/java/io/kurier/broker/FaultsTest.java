// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** That this test ends shows the main thing: the JVM survives a fatal fault. */
class FaultsTest {
    private final RecordingFaultHandler faults = new RecordingFaultHandler();
    private final AtomicInteger reactions = new AtomicInteger();
    private final AtomicInteger actions = new AtomicInteger();

    @Test
    void remembersTheFirstFatalFaultAndReactsToIt() {
        faults.onFatal(reactions::incrementAndGet);

        RuntimeException first = faults.build("quorum", true, actions::incrementAndGet)
                .handleFault("lost", new IllegalStateException("no disk"));
        faults.build("loader", true, actions::incrementAndGet).handleFault("gone");

        assertThat(first).hasMessage("quorum: lost: java.lang.IllegalStateException: no disk");
        assertThat(faults.first()).isSameAs(first);
        assertThat(reactions).hasValue(2);
        assertThat(actions).hasValue(2);
    }

    @Test
    void reactsAtOnceToAFaultThatCameBefore() {
        faults.build("quorum", true, actions::incrementAndGet).handleFault("lost");

        faults.onFatal(reactions::incrementAndGet);

        assertThat(reactions).hasValue(1);
    }

    @Test
    void onlyLogsWhatIsNotFatal() {
        faults.onFatal(reactions::incrementAndGet);

        faults.build("publisher", false, actions::incrementAndGet).handleFault("late");

        assertThat(faults.first()).isNull();
        assertThat(reactions).hasValue(0);
        assertThat(actions).hasValue(1);
    }
}
