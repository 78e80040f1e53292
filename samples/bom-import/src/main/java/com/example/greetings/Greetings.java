// SPDX-License-Identifier: Apache-2.0
package com.example.greetings;

import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import java.util.Map;

/** Publishes a greeting as JSON. */
public final class Greetings {
    /** A greeting. */
    public record Greeting(String to, String text) {}

    static final Topic<String, Greeting> GREETINGS = Topic.of("greetings", String.class, Greeting.class);

    private Greetings() {}

    static Receipt greet(String bootstrap, String name) {
        Map<String, String> config = Map.of(
                "bootstrap.servers", bootstrap,
                "topics.management", "create",
                "topics", "greetings",
                "topics.greetings.value.serializer", "json");
        try (Publisher publisher = Kurier.start(config, GREETINGS)) {
            return publisher.publish(GREETINGS, name, new Greeting(name, "Moin!")).join();
        }
    }

    public static void main(String[] args) {
        System.out.println(greet(args.length > 0 ? args[0] : "127.0.0.1:9092", "Ada"));
    }
}
