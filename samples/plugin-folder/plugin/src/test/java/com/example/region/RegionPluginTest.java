// SPDX-License-Identifier: Apache-2.0
package com.example.region;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.ArrayHeaders;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Guard;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.GuardSettings;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RegionPluginTest {

    @Test
    void theServiceLoaderFindsBoth() {
        assertThat(ServiceLoader.load(PartitionerPlugin.class)).hasAtLeastOneElementOfType(RegionPlugin.class);
        assertThat(ServiceLoader.load(GuardPlugin.class)).hasAtLeastOneElementOfType(LeastBytesPlugin.class);
    }

    // region test
    @Test
    void oneRegionHasOnePartition() {
        RegionPlugin plugin = new RegionPlugin();
        AbstractConfig keys = new AbstractConfig(plugin.configDef(), Map.of("separator", "/"));
        RecordPartitioner partitioner =
                plugin.partitioner(new PartitionerSettings("region", "readings", "readings", keys));

        int north = partitioner.partition(record("north/1", "21.5"), 12);

        assertThat(partitioner.partition(record("north/2", "19.0"), 12)).isEqualTo(north);
        assertThat(partitioner.partition(record("south/1", "25.1"), 12)).isNotEqualTo(north);
        assertThat(partitioner.partition(record(null, "0.0"), 12)).isEqualTo(RecordPartitioner.KAFKA_CHOOSES);
    }
    // endregion

    @Test
    void aValueThatIsTooShortIsRefused() {
        LeastBytesPlugin plugin = new LeastBytesPlugin();
        Guard guard = plugin.guard(new GuardSettings(
                "least-bytes", "readings", "readings", new AbstractConfig(plugin.configDef(), Map.of("bytes", "3"))));
        EncodedRecord sound = record("north-1", "21.5");

        assertThat(guard.guard(sound)).isSameAs(sound);
        assertThat(guard.guard(record("north-1", null)).value()).isNull();
        assertThatThrownBy(() -> guard.guard(record("north-1", "x")))
                .hasMessage("the value has 1 bytes, and 3 is the least");
        assertThatThrownBy(() -> new AbstractConfig(plugin.configDef(), Map.of("bytes", "0")))
                .isInstanceOf(ConfigException.class);
    }

    private static EncodedRecord record(@Nullable String key, @Nullable String value) {
        return new EncodedRecord(
                "readings",
                key == null ? null : key.getBytes(UTF_8),
                value == null ? null : value.getBytes(UTF_8),
                new ArrayHeaders());
    }
}
