// SPDX-License-Identifier: Apache-2.0
package io.kurier.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurrogatesTest {
    @ParameterizedTest
    @CsvSource({
        "'', -1",
        "abc, -1",
        "\uD83E\uDD89, -1",
        "a\uD83E\uDD89\uD83E\uDD89, -1",
        "\uD83E, 0",
        "\uDD89, 0",
        "ab\uD83E, 2",
        "ab\uD83Ec, 2",
        "\uDD89\uD83E, 0",
        "\uD83E\uDD89\uDD89, 2",
        "\uD83E\uD83E\uDD89, 0"
    })
    void findsTheFirstHalfThatStandsAlone(String text, int index) {
        assertThat(Surrogates.indexOfHalf(text)).isEqualTo(index);
    }

    @Test
    void tellsThePlaceAndNotTheText() {
        assertThat(Surrogates.describe("secret\uD83E"))
                .startsWith("at index 6 (of 7, counted from 0)")
                .doesNotContain("secret");
    }
}
