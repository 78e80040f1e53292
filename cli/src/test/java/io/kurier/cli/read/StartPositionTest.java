// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartPositionTest {

    @ParameterizedTest
    @CsvSource({
        "earliest, EARLIEST, 0",
        "latest, LATEST, 0",
        "0, OFFSET, 0",
        "999999999999, OFFSET, 999999999999",
        "1000000000000, TIMESTAMP, 1000000000000",
        "offset:1000000000000, OFFSET, 1000000000000",
        "2026-11-22T10:15:30Z, TIMESTAMP, 1795342530000",
        "2026-11-22T10:15:30.250Z, TIMESTAMP, 1795342530250",
        "2026-11-22T11:15:30+01:00, TIMESTAMP, 1795342530000",
        "2026-11-22T10:15:30, TIMESTAMP, 1795342530000",
        "2026-11-22T10:15, TIMESTAMP, 1795342500000",
        "2026-11-22, TIMESTAMP, 1795305600000"
    })
    void isAWordAnOffsetOrATime(String text, StartPosition.Kind kind, long number) {
        assertThat(StartPosition.parse(text)).isEqualTo(new StartPosition(kind, number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "first",
                "-1",
                "1.5",
                "2026-13-01",
                "2026-11-22T",
                "offset:",
                "offset:x",
                "12345678901234567890"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> StartPosition.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("it is none of earliest, latest, an offset, and a time such as ");
    }
}
