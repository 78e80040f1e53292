// SPDX-License-Identifier: Apache-2.0
package io.kurier.formats;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A target of Jazzer: any bytes are read, or refused by one type of exception. */
class Json3FuzzTest {
    private static final Fuzzing FUZZING = new Fuzzing("json3");

    static Stream<Arguments> records() {
        return FUZZING.records();
    }

    @MethodSource("records")
    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void anyBytesAreReadOrRefused(byte[] record) {
        FUZZING.read(record);
    }
}
