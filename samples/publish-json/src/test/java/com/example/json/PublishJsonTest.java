// SPDX-License-Identifier: Apache-2.0
package com.example.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.json.PublishJson.Item;
import com.example.json.PublishJson.Order;
import io.kurier.broker.LocalBroker;
import io.kurier.serializers.json.JsonDeserializer;
import io.kurier.serializers.text.TextDeserializer;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

@WithKafka
class PublishJsonTest {

    @Test
    void publishesTheOrderUnderItsId(LocalBroker broker, TestTopics topics) {
        PublishJson.main(broker.bootstrapServers());

        assertThat(topics.readAll("sales", new TextDeserializer(), new JsonDeserializer<>(Order.class)))
                .singleElement()
                .satisfies(record -> assertThat(record.key()).isEqualTo("O-1"))
                .satisfies(record ->
                        assertThat(record.value().items()).contains(new Item("tea", 2, new BigDecimal("4.90"))));
    }
}
