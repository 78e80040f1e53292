// SPDX-License-Identifier: Apache-2.0
package com.example.tenants;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.ArrayHeaders;
import io.kurier.Message;
import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.PartitionerSettings;
import io.kurier.spi.RecordPartitioner;
import io.kurier.testkit.FakeKafka;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TenantPluginTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);

    // region test
    @Test
    void aLargeTenantHasAPartitionOfItsOwn() {
        RecordPartitioner partitioner = partitioner("acme,globex");

        assertThat(partitioner.partition(record("acme", "k-1"), 6)).isEqualTo(0);
        assertThat(partitioner.partition(record("globex", "k-1"), 6)).isEqualTo(1);
        assertThat(partitioner.partition(record("initech", "k-1"), 6)).isBetween(2, 5);
    }
    // endregion

    @Test
    void theOthersAreWhereTheirKeysAre() {
        RecordPartitioner partitioner = partitioner("acme,globex");

        assertThat(partitioner.partition(record("initech", "k-1"), 6))
                .isEqualTo(partitioner.partition(record("umbrella", "k-1"), 6));
        assertThat(partitioner.partition(record("initech", "k-1"), 2)).isEqualTo(1);
    }

    @Test
    void aRecordWithoutATenantOrKeyIsRejected() {
        RecordPartitioner partitioner = partitioner("acme");
        EncodedRecord nobodys = new EncodedRecord("orders", new byte[] {1}, null, new ArrayHeaders());

        assertThatThrownBy(() -> partitioner.partition(nobodys, 6)).hasMessageContaining("the header tenant");
        assertThatThrownBy(() -> partitioner.partition(record("acme", null), 6)).hasMessageContaining("a key");
    }

    // region publishing
    @Test
    void itsNameInAConfigurationIsEnough() {
        FakeKafka kafka = new FakeKafka();
        Map<String, String> config = Map.of(
                "topics.orders.value.serializer", "text",
                "topics.orders.partitions", "6",
                "topics.orders.partitioner", "tenants",
                "topics.orders.partitioner.large", "acme,globex");
        try (Publisher publisher = kafka.start(config, ORDERS)) {
            publisher
                    .publish(Message.of(ORDERS, "k-1", "an order").withHeader("tenant", "globex"))
                    .join();
        }
        assertThat(kafka.records(ORDERS))
                .singleElement()
                .satisfies(record -> assertThat(record.partition()).isEqualTo(1));
    }
    // endregion

    private static RecordPartitioner partitioner(String large) {
        TenantPlugin plugin = new TenantPlugin();
        AbstractConfig keys = new AbstractConfig(plugin.configDef(), Map.of("large", large), false);
        return plugin.partitioner(new PartitionerSettings("tenants", "orders", "orders", keys));
    }

    private static EncodedRecord record(String tenant, @Nullable String key) {
        ArrayHeaders headers = new ArrayHeaders();
        headers.add("tenant", tenant.getBytes(UTF_8));
        return new EncodedRecord("orders", key == null ? null : key.getBytes(UTF_8), new byte[] {1}, headers);
    }
}
