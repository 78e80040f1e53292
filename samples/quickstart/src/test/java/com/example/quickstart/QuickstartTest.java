// SPDX-License-Identifier: Apache-2.0
package com.example.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.quickstart.Quickstart.Order;
import io.kurier.broker.LocalBroker;
import io.kurier.serializers.json.JsonDeserializer;
import io.kurier.serializers.text.TextDeserializer;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

// region real-broker
@WithKafka
class QuickstartTest {

    @Test
    void eachRunPublishesTheOrderIntoThePartitionOfItsCustomer(LocalBroker broker, TestTopics topics) {
        Quickstart.main(broker.bootstrapServers());
        Quickstart.main(broker.bootstrapServers());

        List<ConsumerRecord<String, Order>> orders =
                topics.readAll("orders", new TextDeserializer(), new JsonDeserializer<>(Order.class));
        assertThat(orders).hasSize(2).allSatisfy(stored -> {
            assertThat(stored.key()).isEqualTo("C-7");
            assertThat(stored.value()).isEqualTo(new Order("O-1", "C-7", 19.90));
        });
        assertThat(orders).extracting(ConsumerRecord::offset).containsExactly(0L, 1L);
    }
}
// endregion
