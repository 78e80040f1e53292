// SPDX-License-Identifier: Apache-2.0
package com.example.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.LocalBroker;
import io.kurier.serializers.avro.AvroDeserializer;
import io.kurier.serializers.text.TextDeserializer;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@WithKafka
class PublishAvroTest {

    @Test
    void publishesTheReadingOfATruck(LocalBroker broker, TestTopics topics) {
        PublishAvro.main(broker.bootstrapServers());

        assertThat(topics.readAll("readings", new TextDeserializer(), new AvroDeserializer<>(Reading.class)))
                .singleElement()
                .satisfies(record -> assertThat(record.key()).isEqualTo("truck-7"))
                .satisfies(record ->
                        assertThat(record.value().getTaken()).isEqualTo(Instant.parse("2026-11-22T09:30:00Z")));
    }
}
