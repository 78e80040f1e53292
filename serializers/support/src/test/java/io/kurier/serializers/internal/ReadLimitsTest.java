// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class ReadLimitsTest {
    private static final int MEGABYTE = 1024 * 1024;
    private static final ReadLimits LIMITS = ReadLimits.defaults("some", 3);

    @Test
    void theThreeKeysHaveTheSameNamesInAPluginAndInAKafkaClient() {
        ReadLimits set = new ReadLimits("some", 7, 8, 9);
        AbstractConfig settings = new AbstractConfig(
                LIMITS.defineIn(new ConfigDef()), Map.of("max.bytes", "7", "max.expansion", "8", "max.depth", "9"));
        assertThat(LIMITS.with(settings)).isEqualTo(set);
        Map<String, String> client = Map.of(
                "some.max.bytes", "1", "value.some.max.bytes", "7", "some.max.expansion", "8", "some.max.depth", "9");
        assertThat(LIMITS.with(new ClientConfig(client, false))).isEqualTo(set);
        assertThat(LIMITS.with(new ClientConfig(Map.of(), false))).isEqualTo(LIMITS);
        assertThatThrownBy(() -> LIMITS.with(new ClientConfig(Map.of("some.max.depth", "0"), false)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("some.max.depth");
    }

    @Test
    void aRecordMayTakeAMultipleOfItsSizeAndASmallOneThatOfAMegabyte() {
        Meter small = new Meter(LIMITS, 10);
        small.add(40L * MEGABYTE);
        assertThatThrownBy(() -> small.add(1))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage(
                        "it has 10 bytes and would take more than 41943040 bytes of memory, 40 times its size if that"
                                + " were 1 MiB. If it is meant, raise max.expansion (some.max.expansion in a Kafka client's"
                                + " configuration)");
        Meter large = new Meter(LIMITS, 2 * MEGABYTE);
        large.add(80L * MEGABYTE);
        assertThatThrownBy(() -> large.add(1))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("40 times its size. If");
    }

    @Test
    void aClaimOfAnyNumberDoesNotOverflow() {
        assertThatThrownBy(() -> new Meter(LIMITS, 10).add(Long.MAX_VALUE, 8))
                .isInstanceOf(LimitExceededException.class);
        assertThatThrownBy(() -> new Meter(LIMITS, 10).add(40L * MEGABYTE, 1L << 32))
                .isInstanceOf(LimitExceededException.class);
    }

    @Test
    void levelsAreCountedAndLeft() {
        Meter meter = new Meter(LIMITS, 10);
        for (int i = 0; i < 10; i++) {
            meter.enter();
            meter.leave();
        }
        meter.enter();
        meter.enter();
        meter.enter();
        assertThatThrownBy(meter::enter)
                .isInstanceOf(LimitExceededException.class)
                .hasMessageStartingWith("it is nested deeper than 3 levels. If it is meant, raise max.depth");
    }

    @Test
    void aRecordThatIsTooLargeIsToldWithBothSizes() {
        ReadLimits narrow = new ReadLimits("some", 4, 1, 1);
        assertThatCode(() -> narrow.checkSize(4)).doesNotThrowAnyException();
        assertThatThrownBy(() -> narrow.checkSize(5))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageStartingWith("it has 5 bytes, and at most 4 are read. If it is meant, raise max.bytes");
    }

    @Test
    void aCursorStaysWithinItsBytes() throws IOException {
        ByteCursor cursor = new ByteCursor(new byte[] {9, (byte) 0x96, 1, 5, 6, 7, (byte) 0x80}, 1, 6);
        assertThat(cursor.varint()).isEqualTo(150);
        ByteCursor slice = cursor.slice(2);
        assertThat(slice.varint()).isEqualTo(5);
        assertThat(slice.varint()).isEqualTo(6);
        assertThatThrownBy(slice::varint).isInstanceOf(IOException.class);
        assertThat(cursor.varint()).isEqualTo(7);
        assertThatThrownBy(cursor::varint).isInstanceOf(IOException.class);
        ByteCursor another = new ByteCursor(new byte[20], 0, 3);
        assertThatThrownBy(() -> another.skip(4)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> another.skip(-1)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> another.skip(Long.MIN_VALUE)).isInstanceOf(IOException.class);
        assertThat(another.remaining()).isEqualTo(3);
    }
}
