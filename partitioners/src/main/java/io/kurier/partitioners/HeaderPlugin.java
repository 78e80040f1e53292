// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.spi.EncodedRecord;
import io.kurier.spi.PartitionerPlugin;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.header.Header;

/**
 * {@code header}: a header of the record names what is hashed in place of the key, such as a tenant, or the partition
 * itself as a decimal number. Of several headers of the name the last one counts.
 */
public final class HeaderPlugin implements PartitionerPlugin {
    private static final String HEADER = "header";
    private static final String AS = "as";
    private static final int MOST_DIGITS = 9;

    /** For {@link java.util.ServiceLoader}. */
    public HeaderPlugin() {}

    @Override
    public String name() {
        return "header";
    }

    @Override
    public ConfigDef configDef() {
        ConfigDef keys = new ConfigDef()
                .define(
                        HEADER,
                        ConfigDef.Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new ConfigDef.NonEmptyString(),
                        ConfigDef.Importance.HIGH,
                        "The name of the header.")
                .define(
                        AS,
                        ConfigDef.Type.STRING,
                        "key",
                        ConfigDef.ValidString.in("key", "partition"),
                        ConfigDef.Importance.MEDIUM,
                        "What the header is: key is hashed, partition is the partition as a decimal number in UTF-8.");
        return ContentKeys.defineIn(keys);
    }

    @Override
    public RecordPartitioner partitioner(PartitionerSettings settings) {
        return new ByHeader(
                settings.config().getString(HEADER),
                settings.config().getString(AS).equals("partition"),
                ContentKeys.of(settings.config()));
    }

    private record ByHeader(String name, boolean isPartition, ContentKeys keys)
            implements RecordPartitioner, PublisherOnly {
        @Override
        public int partition(EncodedRecord record, int partitions) {
            Header header = record.headers().lastHeader(name);
            byte[] value = header == null ? null : header.value();
            if (value == null) {
                return keys.missing("the record has no header " + name);
            }
            return isPartition ? number(value, partitions) : keys.hash().partition(value, partitions);
        }

        private int number(byte[] value, int partitions) {
            String text = value.length <= MOST_DIGITS ? new String(value, UTF_8) : "";
            if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw new IllegalArgumentException("the header " + name + " is not the number of a partition: it has "
                        + value.length + " bytes, and must be a decimal number from 0 to " + (partitions - 1));
            }
            return Integer.parseInt(text);
        }

        @Override
        public String need() {
            return "the headers of records";
        }
    }
}
