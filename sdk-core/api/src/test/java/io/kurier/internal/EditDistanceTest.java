// SPDX-License-Identifier: Apache-2.0
package io.kurier.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {

    @ParameterizedTest
    @CsvSource({
        "avro,avro,0",
        "avro,avo,1",
        "avro,avrro,1",
        "avro,abro,1",
        "avro,arvo,1",
        "avro,json,4",
        "'',avro,4",
        "a,A,1"
    })
    void countsTypingErrorsInBothDirections(String one, String other, int errors) {
        assertThat(EditDistance.between(one, other)).isEqualTo(errors);
        assertThat(EditDistance.between(other, one)).isEqualTo(errors);
    }
}
