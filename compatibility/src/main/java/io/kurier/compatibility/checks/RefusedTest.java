// SPDX-License-Identifier: Apache-2.0
package io.kurier.compatibility.checks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.StartException;
import io.kurier.Topic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A start with unsupported clients fails with a reason; nothing else is checked with them. */
@Tag(Checks.UNSUPPORTED_ONLY)
class RefusedTest {
    private static final Topic<String, String> ORDERS = Topic.of("refused", String.class, String.class);

    @Test
    void theStartEndsAndNamesTheVersionAndTheFault() {
        assertThatThrownBy(() -> Cluster.start(Cluster.config(ORDERS), ORDERS).close())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("kafka-clients " + Cluster.CLIENT)
                .hasMessageContaining("CVE-2026-35554");
    }
}
