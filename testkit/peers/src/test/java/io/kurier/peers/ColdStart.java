// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import io.kurier.peers.avro.PeerOrder;
import io.kurier.peers.avro.PeerStatus;
import io.kurier.peers.protobuf.ShopOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A JVM of its own that publishes to three topics, whose schemas it asks a registry for. */
final class ColdStart {
    static final Path SCHEMA = Path.of("src", "test", "resources", "schemas", "payment.json");
    static final int RECORDS = 100;

    private ColdStart() {}

    static PeerOrder order(int number) {
        return PeerOrder.newBuilder()
                .setId("o-" + number)
                .setCents(number)
                .setStatus(PeerStatus.PLACED)
                .setAmounts(Map.of())
                .build();
    }

    static Payment payment(int number) {
        return new Payment("p-" + number, number + 1, "päckchen");
    }

    static ShopOrder message(int number) {
        return ShopOrder.newBuilder().setId("s-" + number).setCents(number).build();
    }

    /** Takes the broker, the registry, whether schemas are registered, and the names of the topics. */
    public static void main(String... args) {
        Topic<String, PeerOrder> orders = Topic.of(args[3], String.class, PeerOrder.class);
        Topic<String, Payment> payments = Topic.of(args[4], String.class, Payment.class);
        Topic<String, ShopOrder> messages = Topic.of(args[5], String.class, ShopOrder.class);
        Map<String, String> config = new HashMap<>();
        config.put("bootstrap.servers", args[0]);
        for (String topic : List.of(args[3], args[4], args[5])) {
            String framing = "topics." + topic + ".value.serializer.framing";
            config.put(framing, "confluent");
            config.put(framing + ".confluent.schemas", "registry");
            config.put(framing + ".confluent.schema.registry.url", args[1]);
            config.put(framing + ".confluent.auto.register.schemas", args[2]);
        }
        config.put("topics." + args[3] + ".value.serializer", "avro");
        config.put("topics." + args[4] + ".value.serializer", "json");
        config.put("topics." + args[5] + ".value.serializer", "protobuf");
        config.put("topics." + args[4] + ".value.serializer.schema", SCHEMA.toString());
        try (Publisher publisher = Kurier.start(config, orders, payments, messages)) {
            List<CompletableFuture<?>> published = new ArrayList<>();
            for (int i = 0; i < RECORDS; i++) {
                published.add(publisher.publish(orders, "k", order(i)));
                published.add(publisher.publish(payments, "k", payment(i)));
                published.add(publisher.publish(messages, "k", message(i)));
            }
            CompletableFuture.allOf(published.toArray(CompletableFuture<?>[]::new))
                    .join();
        }
    }
}
