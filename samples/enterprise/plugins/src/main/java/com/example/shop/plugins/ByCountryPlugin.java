// SPDX-License-Identifier: Apache-2.0
package com.example.shop.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Murmur2;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.header.Header;

/**
 * {@code by-country}: orders of the home country have partition 0 for themselves; all orders of one other country share
 * one of the remaining partitions. The country is in a header, which Kafka's own partitioners do not see. The
 * configuration key is {@code home}.
 */
public final class ByCountryPlugin implements PartitionerPlugin {
    /** The header with the country's two letters. */
    public static final String COUNTRY = "country";

    @Override
    public String name() {
        return "by-country";
    }

    @Override
    public ConfigDef configDef() {
        return new ConfigDef().define("home", ConfigDef.Type.STRING, ConfigDef.Importance.HIGH, "two letters");
    }

    @Override
    public RecordPartitioner partitioner(PartitionerSettings settings) {
        String home = settings.config().getString("home");
        return (record, partitions) -> {
            String country = country(record);
            return country.equals(home) || partitions == 1
                    ? 0
                    : 1 + Murmur2.partition(country.getBytes(UTF_8), partitions - 1);
        };
    }

    private static String country(EncodedRecord record) {
        Header header = record.headers().lastHeader(COUNTRY);
        if (header == null || header.value() == null) {
            throw new IllegalArgumentException("the record has no header " + COUNTRY + "; add it to the message");
        }
        return new String(header.value(), UTF_8);
    }
}
