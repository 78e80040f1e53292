// SPDX-License-Identifier: Apache-2.0
package com.example.text;

import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Publishes lines of text. Run it with the address of a broker. */
public final class PublishText {
    static final Topic<String, String> LINES = Topic.of("lines", String.class, String.class);

    private PublishText() {}

    public static void main(String... args) {
        Map<String, String> config = Map.of(
                "bootstrap.servers", args.length > 0 ? args[0] : "127.0.0.1:9092",
                "topics.management", "create",
                "topics.lines.value.serializer", "text",
                // records without keys fill one partition after the other
                "topics.lines.partitions", "3",
                "topics.lines.partitioner", "round-robin");
        try (Publisher publisher = Kurier.start(config, LINES)) {
            List<CompletableFuture<Receipt>> receipts = List.of("Grüße", "χαιρετισμοί", "ご挨拶").stream()
                    .map(line -> publisher.publish(LINES, null, line))
                    .toList();
            for (CompletableFuture<Receipt> stored : receipts) {
                Receipt receipt = stored.join();
                System.out.printf("%d bytes in %s-%d%n", receipt.valueBytes(), receipt.topic(), receipt.partition());
            }
        }
    }
}
