// SPDX-License-Identifier: Apache-2.0
package com.example.payroll;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.payroll.Payroll.Salary;
import io.kurier.broker.LocalBroker;
import io.kurier.testkit.TestTopics;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PayrollTest {
    private static String secret(int seed) {
        byte[] key = new byte[32];
        key[0] = (byte) seed;
        return Base64.getEncoder().encodeToString(key);
    }

    @Test
    void onlyReadersWithTheKeyReadSalaries() {
        try (LocalBroker broker = LocalBroker.start();
                TestTopics topics = TestTopics.on(broker)) {
            List<Salary> salaries = List.of(new Salary("ada", 700_000), new Salary("grace", 710_000));
            Payroll.publish(broker.bootstrapServers(), secret(1), salaries);

            assertThat(Payroll.read(broker.bootstrapServers(), secret(1))).isEqualTo(salaries);
            assertThat(topics.readAll("salaries"))
                    .hasSize(2)
                    .allSatisfy(stored ->
                            assertThat(new String(stored.value(), ISO_8859_1)).doesNotContain("cents", "700000"));
            assertThatThrownBy(() -> Payroll.read(broker.bootstrapServers(), secret(2)))
                    .isInstanceOf(RecordDeserializationException.class)
                    .rootCause()
                    .isInstanceOf(java.security.GeneralSecurityException.class);
        }
    }
}
