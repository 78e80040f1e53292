// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.start;

import io.kurier.Message;
import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import java.util.List;
import java.util.Map;

/** Publishes messages that are stored, and ends. */
final class InitializedClassesChild {
    private static final Topic<String, String> TOPIC = Topic.of("stored", String.class, String.class);

    private InitializedClassesChild() {}

    /** Takes the brokers' addresses. */
    public static void main(String[] args) throws InterruptedException {
        Map<String, String> config = Map.of(
                "bootstrap.servers", args[0], "topics.management", "create", "topics.stored.value.serializer", "text");
        try (Publisher publisher = Kurier.start(config, TOPIC)) {
            publisher.publish(TOPIC, "k", "v").join();
            publisher.publishAll(TOPIC, List.of(Message.of(TOPIC, "k", "v"))).join();
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("kurier-classes")) {
                thread.join();
            }
        }
    }
}
