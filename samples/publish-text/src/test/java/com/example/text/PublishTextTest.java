// SPDX-License-Identifier: Apache-2.0
package com.example.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.LocalBroker;
import io.kurier.serializers.text.TextDeserializer;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@WithKafka
class PublishTextTest {

    @Test
    void publishesALineIntoEachPartition(LocalBroker broker, TestTopics topics) {
        PublishText.main(broker.bootstrapServers());

        List<ConsumerRecord<String, String>> lines =
                topics.readAll("lines", new TextDeserializer(), new TextDeserializer());
        assertThat(lines).extracting(ConsumerRecord::value).containsExactlyInAnyOrder("Grüße", "χαιρετισμοί", "ご挨拶");
        assertThat(lines).extracting(ConsumerRecord::partition).containsExactly(0, 1, 2);
    }
}
