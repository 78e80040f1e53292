// SPDX-License-Identifier: Apache-2.0
package com.example.shop.app;

import com.example.shop.messaging.Order;
import com.example.shop.messaging.ShopMessaging;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.name.Names;
import io.kurier.Publisher;
import io.kurier.Receipt;
import java.nio.file.Path;

/** Places one order. Its arguments are the folder of the properties files and the environment. */
public final class Shop {
    private Shop() {}

    public static void main(String... args) {
        Path config = Path.of(args.length > 0 ? args[0] : "config");
        String environment = args.length > 1 ? args[1] : "local";
        // region main
        Injector injector = Guice.createInjector(new ShopMessaging(config, environment));
        try (Publisher orders = publisher(injector, "orders");
                Publisher audit = publisher(injector, "audit")) {
            Receipt stored = injector.getInstance(OrderDesk.class)
                    .place(new Order("O-1", "C-7", "FR", 19.90), "ada")
                    .join();
            System.out.printf("stored in %s-%d at offset %d%n", stored.topic(), stored.partition(), stored.offset());
        }
        // endregion
    }

    private static Publisher publisher(Injector injector, String name) {
        return injector.getInstance(Key.get(Publisher.class, Names.named(name)));
    }
}
