// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

import com.google.inject.Guice;
import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.core.internal.publisher.ScriptedTransport;

/** Wires and publishes in a JVM of its own, to see what the JVM says to that. */
final class QuietRun {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);

    private QuietRun() {}

    public static void main(String[] args) {
        try (Publisher publisher = Guice.createInjector(new KurierModule(), WiringCases.says(kurier -> {
                    kurier.set("bootstrap.servers", "127.0.0.1:9092").transport(config -> new ScriptedTransport());
                    kurier.topic(ORDERS).valueSerializer("text");
                }))
                .getInstance(Publisher.class)) {
            System.out.println("stored at offset "
                    + publisher.publish(ORDERS, null, "O-1").join().offset());
        }
    }
}
