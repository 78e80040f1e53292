// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SourceOffsetTest {

    private final SourceOffset offset =
            new SourceOffset(new Position(7, 2, Map.of("open", true)), new FileIdentity("12", 7, "abcd", null));
    private final Map<String, Object> same =
            Map.of("position", 7L, "line", 2L, "open", true, "file.key", "12", "file.head", "7:abcd");

    @Test
    void equalsAMapWithTheSameEntries() {
        assertThat(offset).isEqualTo(same).hasSameHashCodeAs(same).hasSize(5).containsEntry("line", 2L);
        assertThat(same).isEqualTo(offset);
        assertThat(new HashMap<>(offset)).isEqualTo(same);
        assertThat(offset.get("nothing")).isNull();
        assertThat(offset.containsKey("file.head")).isTrue();
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        assertThat(new SourceOffset(Position.of(0, 0), new FileIdentity(null, 0, "", null)))
                .isEqualTo(Map.of("position", 0L));
    }

    @Test
    void cannotBeChanged() {
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> offset.put("line", 3L));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> offset.entrySet().clear());
    }

    @Test
    void becomesThePositionAndTheIdentityAgain() {
        assertThat(Position.ofSourceOffset(offset)).isEqualTo(new Position(7, 2, Map.of("open", true)));
        assertThat(FileIdentity.ofSourceOffset(offset)).isEqualTo(new FileIdentity("12", 7, "abcd", null));
    }

    @Test
    void findsEveryNewlineThatASimpleSearchFinds() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = random.nextInt(20) == 0 ? (byte) '\n' : bytes[i];
            }
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);
            int expected = new String(bytes, StandardCharsets.ISO_8859_1)
                    .substring(0, to)
                    .indexOf('\n', from);
            assertThat(LineEnds.ASCII.find(bytes, from, to))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(expected);
        }
    }
}
