// SPDX-License-Identifier: Apache-2.0
package com.example.shop.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kurier.ArrayHeaders;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.junit.jupiter.api.Test;

/** A partitioner needs neither a publisher nor a broker to be tested. */
class ByCountryPluginTest {
    private final ByCountryPlugin plugin = new ByCountryPlugin();
    private final RecordPartitioner partitioner =
            plugin.partitioner(new PartitionerSettings(
                    "by-country", "orders", "orders", new AbstractConfig(plugin.configDef(), Map.of("home", "DE"), false)));

    @Test
    void theHomeCountryHasAPartitionForItself() {
        assertEquals(0, partitioner.partition(from("DE"), 6));
        assertTrue(partitioner.partition(from("FR"), 6) > 0);
        assertEquals(partitioner.partition(from("FR"), 6), partitioner.partition(from("FR"), 6));
    }

    @Test
    void aTopicWithOnePartitionTakesAllCountries() {
        assertEquals(0, partitioner.partition(from("FR"), 1));
    }

    @Test
    void anOrderFromNowhereIsRefused() {
        EncodedRecord nowhere = new EncodedRecord("orders", null, null, new ArrayHeaders());
        assertThrows(IllegalArgumentException.class, () -> partitioner.partition(nowhere, 6));
    }

    private static EncodedRecord from(String country) {
        ArrayHeaders headers = new ArrayHeaders();
        headers.add(ByCountryPlugin.COUNTRY, country.getBytes(UTF_8));
        return new EncodedRecord("orders", null, null, headers);
    }
}
