// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    @Test
    void doesNotDependOnTheJavaTypeThatHoldsANumber() {
        ContentHash one = ContentHash.of(Map.of("n", 1));
        assertThat(List.of(1L, 1.0, new BigDecimal("1.00"), BigInteger.ONE))
                .allSatisfy(
                        same -> assertThat(ContentHash.of(Map.of("n", same))).isEqualTo(one));
    }

    @Test
    void doesNotDependOnTheOrderOfFields() {
        Map<String, Object> ab = new LinkedHashMap<>();
        ab.put("a", 1);
        ab.put("b", 2);
        Map<String, Object> ba = new LinkedHashMap<>();
        ba.put("b", 2);
        ba.put("a", 1);
        assertThat(ContentHash.of(ab)).isEqualTo(ContentHash.of(ba));
    }

    @Test
    void tellsApartWhatLooksAlike() {
        Map<String, Object> withNull = new LinkedHashMap<>();
        withNull.put("a", null);
        List<Object> values = List.of(
                "1",
                1,
                "",
                " ",
                "true",
                true,
                "null",
                List.of(),
                List.of(1),
                List.of("1"),
                List.of(1, 2),
                List.of(2, 1),
                List.of(12),
                List.of(List.of(1), 2),
                List.of(List.of(1, 2)),
                Map.of(),
                withNull,
                Map.of("a", ""),
                Map.of("a", "null"),
                Map.of("a", Map.of()),
                Map.of("a", List.of()),
                Map.of("ab", "c"),
                Map.of("a", "bc"),
                Map.of("a", 1e300),
                Map.of("a", 1e301));
        assertThat(values.stream().map(ContentHash::of).distinct()).hasSameSizeAs(values);
    }

    @Test
    void changesWithEveryBitOfAText() {
        String text = "2026-11-22 GET /orders/4711";
        for (int at = 0; at < text.length(); at++) {
            StringBuilder flipped = new StringBuilder(text);
            flipped.setCharAt(at, (char) (text.charAt(at) ^ 1));
            assertThat(ContentHash.of(flipped)).as("character %d", at).isNotEqualTo(ContentHash.of(text));
        }
    }

    @Test
    void takesATombstoneForAValueOfItsOwn() {
        assertThat(ContentHash.of(null)).isEqualTo(ContentHash.of(null)).isNotEqualTo(ContentHash.of("null"));
    }
}
