// SPDX-License-Identifier: Apache-2.0
package com.example.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.broker.LocalBroker;
import io.kurier.serializers.protobuf.ProtobufDeserializer;
import io.kurier.serializers.text.TextDeserializer;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import org.junit.jupiter.api.Test;

@WithKafka
class PublishProtobufTest {

    @Test
    void publishesThePaymentUnderItsId(LocalBroker broker, TestTopics topics) {
        PublishProtobuf.main(broker.bootstrapServers());

        assertThat(topics.readAll("payments", new TextDeserializer(), new ProtobufDeserializer<>(Payment.class)))
                .singleElement()
                .satisfies(record -> assertThat(record.key()).isEqualTo("P-1"))
                .satisfies(record -> assertThat(record.value().getCents()).isEqualTo(1_990));
    }
}
