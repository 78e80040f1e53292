// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@link ClientClasses}. */
@Timeout(60)
class ClientClassesTest {

    @Test
    void areThoseOfThisVersionOfKafka() {
        assertThat(Stream.of(ClientClasses.FIRST, ClientClasses.NAMES).flatMap(List::stream))
                .allSatisfy(name -> assertThat(Class.forName(name, false, ClientClasses.class.getClassLoader()))
                        .isNotNull());
    }

    @Test
    void leaveNoThread() {
        ClientClasses.load();

        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .noneMatch("kurier-classes"::equals));
    }
}
