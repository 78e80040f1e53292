// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({"5000/s, 5000", "90/min, 1.5", "7200/h, 2", "864000/d, 10", "0.5/s, 0.5", "10 /s, 10"})
    void readsRates(String text, double perSecond) {
        assertThat(Quantity.rate(text)).isEqualTo(perSecond);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5000", "/s", "0/s", "-5/s", "5/ms", "5/week", "5s", "5e3/s", "NaN/s"})
    void refusesOtherRates(String text) {
        assertThatThrownBy(() -> Quantity.rate(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is no rate above 0, such as 5000/s, 90/min, 100000/h or 1000000/d");
    }

    @ParameterizedTest
    @CsvSource({
        "100B, 100",
        "1KB, 1000",
        "1kB, 1000",
        "2.5MB, 2500000",
        "1 GB, 1000000000",
        "1KiB, 1024",
        "1MiB, 1048576",
        "1GiB, 1073741824",
        "0B, 0",
        "1TB, 1000000000000"
    })
    void readsSizes(String text, long bytes) {
        assertThat(Quantity.bytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "KB", "-1B", "1ZB", "1KB/s", "99999999999TB"})
    void refusesOtherSizes(String text) {
        assertThatThrownBy(() -> Quantity.bytes(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + text + "' is no size, such as 100B, 1KB");
    }

    @ParameterizedTest
    @CsvSource({"2ms, PT0.002S", "30s, PT30S", "90min, PT1H30M", "12h, PT12H", "7d, PT168H", "0.5ms, PT0.0005S"})
    void readsTimes(String text, Duration time) {
        assertThat(Quantity.time(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "d", "0s", "-1s", "7 weeks", "7/d", "999999999999d"})
    void refusesOtherTimes(String text) {
        assertThatThrownBy(() -> Quantity.time(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is no time above 0, such as 2ms, 30s, 90min, 12h or 7d");
    }

    @Test
    void writesWithUnits() {
        assertThat(Quantity.ofBytes(0)).isEqualTo("0 B");
        assertThat(Quantity.ofBytes(999)).isEqualTo("999 B");
        assertThat(Quantity.ofBytes(1_234)).isEqualTo("1.23 kB");
        assertThat(Quantity.ofBytes(5e15)).isEqualTo("5.00 PB");
        assertThat(Quantity.ofBytes(5e18)).isEqualTo("5,000.00 PB");
        assertThat(Quantity.ofNumber(0.12345)).isEqualTo("0.1235");
        assertThat(Quantity.ofNumber(1.05)).isEqualTo("1.05");
        assertThat(Quantity.ofNumber(12_345.6)).isEqualTo("12,346");
        assertThat(Quantity.ofSeconds(0.0005)).isEqualTo("0.5000 ms");
        assertThat(Quantity.ofSeconds(90)).isEqualTo("1.50 min");
        assertThat(Quantity.ofSeconds(604_800)).isEqualTo("7 d");
    }
}
