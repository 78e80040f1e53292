// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protovalidate;

import com.google.protobuf.Timestamp;
import io.kurier.serializers.protovalidate.test.Order;
import java.nio.file.Path;

/** Messages of the tests. */
final class Orders {
    /** As protoc itself wrote it, with the rules and with messages whose rules are wrong. */
    static final Path DESCRIPTOR = Path.of("target/generated-test-resources/shop.desc");

    /** Stands for what must not be seen in an error. */
    static final String CANARY = "CANARY7f3a";

    private Orders() {}

    static Order sound() {
        return Order.newBuilder()
                .setId("O-1")
                .addItems(item("a", 1))
                .putLabels("color", "red")
                .setEmail("ada@example.com")
                .setPlaced(Timestamp.newBuilder().setSeconds(1))
                .setShipped(Timestamp.newBuilder().setSeconds(2))
                .setCash(true)
                .setParent(Order.newBuilder().setId("O-0").setCard("1234"))
                .build();
    }

    static Order.Item item(String sku, int count) {
        return Order.Item.newBuilder().setSku(sku).setCount(count).build();
    }

    /** Violates one rule, at its id. */
    static Order unsound() {
        return sound().toBuilder().setId(CANARY).build();
    }
}
