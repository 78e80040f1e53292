// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two publishers of one JVM that would be in each other's way. */
@Timeout(120)
class RunningPublishersTest {
    private static final LocalBroker BROKER = LocalBroker.start();

    @AfterAll
    static void stop() {
        BROKER.close();
    }

    @Test
    void theSecondWithTheSameTransactionalIdsDoesNotStart() {
        try (Publisher first = start(Map.of("application.id", "shop"))) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> start(Map.of("application.id", "shop")).close())
                    .isInstanceOf(StartException.class)
                    .hasMessageStartingWith(
                            "application.id (code): another publisher of this JVM has the same transactional ids");
            start(Map.of("application.id", "shop", "publisher.name", "audit")).close();
            start(Map.of("application.id", "shop", "application.instance.id", "2"))
                    .close();
        }
        start(Map.of("application.id", "shop")).close();
    }

    @Test
    void aStartThatFailsLeavesTheNamesFree() {
        Map<String, String> wrong = Map.of("application.id", "late", "transactions.minimum.version", "9");
        assertThatThrownBy(() -> start(wrong).close()).hasMessageContaining("transaction.version");
        start(Map.of("application.id", "late")).close();
    }

    @Test
    void theSecondWithTheSameClientIdIsWarnedOf() {
        try (Publisher first = start(Map.of("client.id", "till"))) {
            assertThat(first).isNotNull();
            assertThat(logOf(Map.of("client.id", "till")))
                    .contains("client.id (code): another publisher of this JVM has till too. JMX shows");
            assertThat(logOf(Map.of("client.id", "till-2"))).doesNotContain("another publisher");
        }
        assertThat(logOf(Map.of("client.id", "till"))).doesNotContain("another publisher");
    }

    private static String logOf(Map<String, String> keys) {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            start(keys).close();
        } finally {
            System.setErr(before);
        }
        return log.toString(StandardCharsets.UTF_8);
    }

    private static Publisher start(Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(BROKER.clientProperties());
        keys.putAll(more);
        return Kurier.start(keys);
    }
}
