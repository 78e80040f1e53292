// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.spi.EncodedRecord;
import io.kurier.spi.FieldReader;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByContentTest {
    private static final int PARTITIONS = 12;

    @Nested
    class ByHeader {

        @Test
        void hashesTheHeaderAsItWouldAKey() {
            EncodedRecord record = Partitioners.keyed("ignored");
            record.headers().add("tenant", "acme".getBytes(UTF_8));
            record.headers().add("tenant", "kafka".getBytes(UTF_8));

            assertThat(header(Map.of()).partition(record, PARTITIONS)).isEqualTo(4);
            assertThat(header(Map.of("hash", "crc32")).partition(record, PARTITIONS))
                    .isEqualTo(11);
        }

        @Test
        void takesThePartitionFromTheHeader() {
            EncodedRecord record = Partitioners.keyed("ignored");
            record.headers().add("tenant", "7".getBytes(UTF_8));

            assertThat(header(Map.of("as", "partition")).partition(record, PARTITIONS))
                    .isEqualTo(7);
        }

        @Test
        void aPartitionBeyondTheLastIsLeftForThePublisherToReject() {
            EncodedRecord record = Partitioners.keyed("ignored");
            record.headers().add("tenant", "12".getBytes(UTF_8));

            assertThat(header(Map.of("as", "partition")).partition(record, PARTITIONS))
                    .isEqualTo(12);
        }

        @ParameterizedTest(name = "\"{0}\"")
        @ValueSource(strings = {"", "-1", "+1", "1.0", " 1", "seven", "99999999999", "١"})
        void refusesATextThatIsNoPartitionWithoutShowingIt(String text) {
            EncodedRecord record = Partitioners.keyed("ignored");
            record.headers().add("tenant", text.getBytes(UTF_8));

            assertThatThrownBy(() -> header(Map.of("as", "partition")).partition(record, PARTITIONS))
                    .hasMessage("the header tenant is not the number of a partition: it has "
                            + text.getBytes(UTF_8).length + " bytes, and must be a decimal number from 0 to 11");
        }

        @Test
        void rejectsARecordWithoutTheHeader() {
            EncodedRecord record = Partitioners.keyed("key");
            assertThatThrownBy(() -> header(Map.of()).partition(record, PARTITIONS))
                    .hasMessage("the record has no header tenant, by which its partition is chosen; add it, or set the"
                            + " partitioner's key missing=kafka");
            record.headers().add("tenant", null);
            assertThatThrownBy(() -> header(Map.of()).partition(record, PARTITIONS))
                    .hasMessageStartingWith("the record has no header tenant");
        }

        @Test
        void leavesARecordWithoutTheHeaderToKafkaIfThatIsSet() {
            assertThat(header(Map.of("missing", "kafka")).partition(Partitioners.keyed("key"), PARTITIONS))
                    .isEqualTo(RecordPartitioner.KAFKA_CHOOSES);
        }

        private RecordPartitioner header(Map<String, String> keys) {
            Map<String, String> all = new HashMap<>(keys);
            all.put("header", "tenant");
            return Partitioners.named("header", all);
        }
    }

    @Nested
    class ByField {
        private final AtomicBoolean closed = new AtomicBoolean();

        @Test
        void hashesTheFieldAsItWouldAKey() {
            assertThat(field(Map.of(), "kafka").partition(Partitioners.keyed("ignored"), PARTITIONS))
                    .isEqualTo(4);
            assertThat(field(Map.of("hash", "fnv1a"), "kafka").partition(Partitioners.keyed("ignored"), PARTITIONS))
                    .isEqualTo(5);
        }

        @Test
        void rejectsAValueWithoutTheField() {
            assertThatThrownBy(() -> field(Map.of(), null).partition(Partitioners.keyed("key"), PARTITIONS))
                    .hasMessage("the value has no field customer.id, by which its partition is chosen; add it, or set"
                            + " the partitioner's key missing=kafka");
        }

        @Test
        void rejectsATombstone() {
            EncodedRecord tombstone = Partitioners.keyed("key").withValue(null);
            assertThatThrownBy(() -> field(Map.of(), null).partition(tombstone, PARTITIONS))
                    .hasMessageStartingWith("the record is a tombstone and has no field customer.id");
        }

        @Test
        void leavesAValueWithoutTheFieldToKafkaIfThatIsSet() {
            assertThat(field(Map.of("missing", "kafka"), null).partition(Partitioners.keyed("key"), PARTITIONS))
                    .isEqualTo(RecordPartitioner.KAFKA_CHOOSES);
        }

        @Test
        void closesTheReader() {
            field(Map.of(), "kafka").close();
            assertThat(closed).isTrue();
        }

        @Test
        void cannotBeMadeWhereTheFormatIsNotKnown() {
            assertThatThrownBy(() -> Partitioners.named("field", Map.of("field", "customer.id")))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("the field customer.id cannot be read");
        }

        private RecordPartitioner field(Map<String, String> keys, @Nullable String value) {
            Map<String, String> all = new HashMap<>(keys);
            all.put("field", "customer.id");
            FieldPlugin plugin = new FieldPlugin();
            AbstractConfig config = new AbstractConfig(plugin.configDef(), all, false);
            return plugin.partitioner(new PartitionerSettings("field", "orders", "orders", config, path -> {
                assertThat(path).isEqualTo("customer.id");
                return new FieldReader() {
                    @Override
                    public byte @Nullable [] read(EncodedRecord record) {
                        return value == null ? null : value.getBytes(UTF_8);
                    }

                    @Override
                    public void close() {
                        closed.set(true);
                    }
                };
            }));
        }
    }

    @Nested
    class Fixed {

        @Test
        void sendsAllToOnePartition() {
            RecordPartitioner fixed = Partitioners.named("fixed", Map.of("partition", "2"));
            assertThat(fixed.partition(Partitioners.keyed("a"), PARTITIONS)).isEqualTo(2);
            assertThat(fixed.partition(Partitioners.keyed((byte[]) null), PARTITIONS))
                    .isEqualTo(2);
        }

        @Test
        void refusesANegativePartition() {
            assertThatThrownBy(() -> Partitioners.named("fixed", Map.of("partition", "-1")))
                    .isInstanceOf(ConfigException.class);
        }
    }
}
