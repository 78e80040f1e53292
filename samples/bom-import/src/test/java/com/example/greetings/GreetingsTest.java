// SPDX-License-Identifier: Apache-2.0
package com.example.greetings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.example.greetings.Greetings.Greeting;
import io.kurier.Receipt;
import io.kurier.broker.LocalBroker;
import io.kurier.serializers.json.JsonDeserializer;
import io.kurier.serializers.text.TextDeserializer;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@WithKafka
class GreetingsTest {

    @Test
    void aGreetingArrives(LocalBroker broker, TestTopics topics) {
        Receipt receipt = Greetings.greet(broker.bootstrapServers(), "Ada");

        ConsumerRecord<String, Greeting> stored = topics.readAll(
                        "greetings", new TextDeserializer(), new JsonDeserializer<>(Greeting.class))
                .get((int) receipt.offset());
        assertEquals("Ada", stored.key());
        assertEquals(new Greeting("Ada", "Moin!"), stored.value());
    }
}
