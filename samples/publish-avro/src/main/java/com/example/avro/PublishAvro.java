// SPDX-License-Identifier: Apache-2.0
package com.example.avro;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import java.time.Instant;
import java.util.Map;

/** Publishes a record of {@code reading.avsc}. Run it with the address of a broker. */
public final class PublishAvro {
    /** {@code Reading} is generated; a {@code GenericRecord} is published the same way. */
    static final Topic<String, Reading> READINGS = Topic.of("readings", String.class, Reading.class);

    private PublishAvro() {}

    public static void main(String... args) {
        Map<String, String> config = Map.of(
                "bootstrap.servers", args.length > 0 ? args[0] : "127.0.0.1:9092",
                "topics.management", "create",
                "topics.readings.value.serializer", "avro");
        Reading reading = Reading.newBuilder()
                .setTruck("truck-7")
                .setTaken(Instant.parse("2026-11-22T09:30:00Z"))
                .setCelsius(3.5)
                .build();
        try (Publisher publisher = Kurier.start(config, READINGS)) {
            publisher
                    .publish(READINGS, reading.getTruck(), reading)
                    .thenAccept(receipt -> System.out.printf(
                            "%d bytes in %s-%d at offset %d%n",
                            receipt.valueBytes(), receipt.topic(), receipt.partition(), receipt.offset()))
                    .join();
        }
    }
}
