// SPDX-License-Identifier: Apache-2.0
package com.example.dropin;

import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.TypeRef;
import io.kurier.core.Kurier;
import java.util.List;
import java.util.Map;

/**
 * Publishes a reading in a format that did not exist when this was compiled: it uses the names {@code csv} and
 * {@code region}, and the folder for the jars that provide them.
 */
public final class DropIn {
    static final Topic<String, List<String>> READINGS =
            Topic.of("readings", TypeRef.of(String.class), new TypeRef<List<String>>() {});

    /** The configuration that is the same everywhere; the folder is relative to the working directory. */
    static final Map<String, String> CONFIG = Map.of(
            "topics.management", "create",
            "topics", "readings",
            "topics.readings.partitions", "3",
            "topics.readings.value.serializer", "csv",
            "topics.readings.value.serializer.separator", ";",
            "topics.readings.partitioner", "region");

    private DropIn() {}

    static Receipt publish(Publisher publisher) {
        return publisher
                .publish(READINGS, "north-1", List.of("2026-11-24", "21.5"))
                .join();
    }

    public static void main(String... args) {
        String bootstrap = args.length > 0 ? args[0] : "127.0.0.1:9092";
        try (Publisher publisher = Kurier.builder()
                .set(CONFIG)
                .set("bootstrap.servers", bootstrap)
                .set("plugin.path", "plugins")
                .topics(READINGS)
                .start()) {
            Receipt receipt = publish(publisher);
            System.out.printf("stored in %s-%d at offset %d%n", receipt.topic(), receipt.partition(), receipt.offset());
        } catch (StartException e) {
            System.out.println(e.getMessage());
        }
    }
}
