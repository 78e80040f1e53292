// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class BrokerAddressTest {
    private final BrokerAddress.Converter converter = new BrokerAddress.Converter();

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:9092", "localhost:1", "kafka-1.example.org:65535", "[::1]:9092"})
    void takesAHostAndAPort(String text) {
        assertThat(converter.convert(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "localhost",
                "localhost:",
                ":9092",
                "a:0",
                "a:65536",
                "a:99999999999",
                "a:b",
                "a b:1",
                "::1:9092",
                "http://a:1",
                "a:1,b:2",
                "a:1/"
            })
    void refusesEverythingElse(String text) {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> converter.convert(text))
                .withMessage("'" + text + "' is not a host and a port from 1 to 65535, such as 127.0.0.1:9092");
    }
}
