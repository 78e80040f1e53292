// SPDX-License-Identifier: Apache-2.0
package com.example.protobuf;

import com.google.protobuf.Timestamp;
import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import java.util.Map;

/** Publishes a message of {@code payment.proto}. Run it with the address of a broker. */
public final class PublishProtobuf {
    /** {@code Payment} is generated; a {@code DynamicMessage} is published the same way. */
    static final Topic<String, Payment> PAYMENTS = Topic.of("payments", String.class, Payment.class);

    private PublishProtobuf() {}

    public static void main(String... args) {
        Map<String, String> config = Map.of(
                "bootstrap.servers", args.length > 0 ? args[0] : "127.0.0.1:9092",
                "topics.management", "create",
                "topics.payments.value.serializer", "protobuf");
        Payment payment = Payment.newBuilder()
                .setId("P-1")
                .setCurrency("EUR")
                .setCents(1_990)
                .setPaidAt(Timestamp.newBuilder().setSeconds(1_795_339_800))
                .build();
        try (Publisher publisher = Kurier.start(config, PAYMENTS)) {
            publisher
                    .publish(PAYMENTS, payment.getId(), payment)
                    .thenAccept(receipt -> System.out.printf(
                            "%d bytes in %s-%d at offset %d%n",
                            receipt.valueBytes(), receipt.topic(), receipt.partition(), receipt.offset()))
                    .join();
        }
    }
}
