// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.offsets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.plugins.host.internal.offsets.OffsetKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorkerOffsetsFileTest {

    private static byte[] serialized(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    /** As {@code FileOffsetBackingStore} writes it. */
    private static byte[] file(int files) throws IOException {
        Map<byte[], byte[]> raw = new HashMap<>();
        for (int i = 0; i < files; i++) {
            raw.put(
                    ("[\"web-log\",{\"file\":\"" + i + ".log\"}]").getBytes(UTF_8),
                    ("{\"position\":" + i + "}").getBytes(UTF_8));
        }
        raw.put("[\"orders\",{}]".getBytes(UTF_8), "{\"id\":7}".getBytes(UTF_8));
        raw.put("[\"forgotten\",{}]".getBytes(UTF_8), null);
        raw.put(null, null);
        return serialized(raw);
    }

    @Test
    void readsTheFileOfAWorker() throws Exception {
        assertThat(WorkerOffsetsFile.isOne(file(1))).isTrue();
        assertThat(WorkerOffsetsFile.isOne("{}".getBytes(UTF_8))).isFalse();
        assertThat(WorkerOffsetsFile.parse(file(1), null))
                .isEqualTo(Map.of(
                        OffsetKey.of("web-log", Map.of("file", "0.log")), Map.of("position", 0L),
                        OffsetKey.of("orders", Map.of()), Map.of("id", 7L)));
        assertThat(WorkerOffsetsFile.parse(file(1), "orders")).containsOnlyKeys(OffsetKey.of("orders", Map.of()));
        assertThat(WorkerOffsetsFile.parse(file(10_000), "web-log")).hasSize(10_000);
        assertThat(WorkerOffsetsFile.parse(serialized(new HashMap<>()), null)).isEmpty();
    }

    static List<Object> others() {
        Map<Object, Object> deep = new HashMap<>();
        deep.put(new byte[0], new HashMap<>(Map.of(new byte[0], new HashMap<>())));
        return List.of(
                new ArrayList<>(),
                "text",
                new HashMap<>(Map.of("text", new byte[0])),
                new HashMap<>(Map.of(new byte[0], 1)),
                new HashMap<>(Map.of("[]".getBytes(UTF_8), new byte[0])),
                deep,
                new byte[0]);
    }

    @ParameterizedTest
    @MethodSource("others")
    void refusesEverythingElse(Object other) throws Exception {
        byte[] content = serialized(other);
        assertThatThrownBy(() -> WorkerOffsetsFile.parse(content, null))
                .isInstanceOf(OffsetsInputException.class)
                .hasMessageStartingWith("it is a file of Java's serialization, and none with source offsets");
    }

    @Test
    void refusesAFileThatIsCut() throws Exception {
        byte[] content = file(3);
        for (int length = 2; length < content.length; length++) {
            byte[] cut = Arrays.copyOf(content, length);
            assertThatThrownBy(() -> WorkerOffsetsFile.parse(cut, null))
                    .as("%d bytes", length)
                    .isInstanceOf(OffsetsInputException.class);
        }
    }
}
