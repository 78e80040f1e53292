// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import static io.kurier.serializers.framings.Frames.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageIndexesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "1, 0202",
        "0 0, 040000",
        "1 0, 040200",
        "2 1, 040402",
        "1 2 3, 06020406",
        "64, 028001",
        "200, 029003",
    })
    void haveTheBytesOfConfluentsSerializers(String path, String hex) {
        List<Integer> steps =
                Arrays.stream(path.split(" ")).map(Integer::valueOf).toList();

        assertThat(Frames.hex(MessageIndexes.bytes(steps))).isEqualTo(hex);
        assertThat(read(hex + "0000")).isEqualTo(steps);
    }

    @Test
    void theFirstMessageHasALongFormToo() {
        assertThat(read("0200FF")).containsExactly(0);
    }

    @ParameterizedTest
    @CsvSource({
        "'', it ends within",
        "02, claim to be 1",
        "0680, claim to be 3",
        "048080, it ends within",
        "01, claim to be -1",
        "FEFFFFFF0F, claim to be 2147483647",
        "028080808080, has more than 32 bits",
        "808080808000, has more than 32 bits",
    })
    void bytesThatAreNoneAreRefused(String hex, String reason) {
        assertThatThrownBy(() -> read(hex))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(reason);
    }

    private static List<Integer> read(String hex) {
        byte[] bytes = bytes("AA" + hex);
        int length = MessageIndexes.length(bytes, 1, bytes.length - 1);
        return MessageIndexes.path(bytes, 1, length);
    }
}
