// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.offsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

class ConnectMapsTest {
    private static final byte[] BYTES = {0, (byte) 0xfb, (byte) 0xff};

    @Test
    void hasTheTypesThatConnectReturnsAfterARestart() {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("z", (byte) 1);
        given.put("short", (short) 2);
        given.put("int", 3);
        given.put("long", Long.MIN_VALUE);
        given.put("float", 1.1f);
        given.put("double", 1e300);
        given.put("nan", Float.NaN);
        given.put("true", true);
        given.put("text", "grün");
        given.put("null", null);
        given.put("bytes", BYTES);
        given.put("buffer", ByteBuffer.wrap(BYTES).slice(1, 2));

        Map<String, Object> normalized = ConnectMaps.normalized("a map", given);

        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("z", 1L);
        expected.put("short", 2L);
        expected.put("int", 3L);
        expected.put("long", Long.MIN_VALUE);
        expected.put("float", 1.1);
        expected.put("double", 1e300);
        expected.put("nan", "NaN");
        expected.put("true", true);
        expected.put("text", "grün");
        expected.put("null", null);
        expected.put("bytes", "APv/");
        expected.put("buffer", "+/8=");
        assertThat(normalized).containsExactlyEntriesOf(expected);
        assertThat(ConnectMaps.normalized("a map", normalized)).containsExactlyEntriesOf(expected);
    }

    @Test
    void isACopy() {
        Map<String, Object> given = new LinkedHashMap<>(Map.of("a", 1));
        Map<String, Object> normalized = ConnectMaps.normalized("a map", given);
        given.put("a", 2);
        assertThat(normalized).containsExactlyEntriesOf(Map.of("a", 1L));
        assertThatThrownBy(() -> normalized.put("b", 1L)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void refusesOtherTypesWithTheConnectorsName() {
        assertThatThrownBy(() -> OffsetKey.of("web-log", Map.of("since", new Date(0))))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "connector web-log, source partition, since: the value is of java.util.Date, and Connect takes"
                                + " only null, strings, booleans, numbers of Java's primitive types, and bytes. The connector has"
                                + " to use one of them.");
        OffsetKey key = OffsetKey.of("web-log", Map.of());
        assertThatThrownBy(() -> key.normalized(Map.of("lines", List.of(1))))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("connector web-log, source offset, lines: the value is of java.util.");
        assertThatThrownBy(() -> ConnectMaps.normalized("a map", Map.of(1, 2)))
                .isInstanceOf(DataException.class)
                .hasMessage("a map: a key is of java.lang.Integer, and Connect takes only strings. The connector has to"
                        + " name its fields by strings.");
    }
}
