// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:9092",
                "LOCALHOST:9092",
                "localhost.:9092",
                "127.0.0.1:9092",
                "127.255.255.255:9092",
                "SASL_PLAINTEXT://127.0.0.1:9092",
                " 127.0.0.1:9092 ",
                "[::1]:9092",
                "[0:0:0:0:0:0:0:1]:9092",
                "[::ffff:127.0.0.1]:9092",
            })
    void staysOnThisMachine(String address) {
        assertThat(LoopbackAddress.isOfBroker(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "broker-1.example:9092",
                "localhost.example:9092",
                "notlocalhost:9092",
                "broker.localhost:9092",
                "128.0.0.1:9092",
                "127.1:9092",
                "127.0.0.256:9092",
                "127.0.0.01:9092",
                "127.0.0.1.example:9092",
                "2130706433:9092",
                "0.0.0.0:9092",
                "[::]:9092",
                "[::2]:9092",
                "[fe80::1]:9092",
                "[:::1]:9092",
                "::1:9092",
                "",
            })
    void mayLeadOffThisMachine(String address) {
        assertThat(LoopbackAddress.isOfBroker(address)).isFalse();
    }
}
