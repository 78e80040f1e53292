// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import io.kurier.Message;
import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.core.Kurier;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Publishes records with a canary in values, keys and headers, in a process of its own whose logs are at DEBUG, and
 * prints everything that a program could print of them: exceptions, results of {@code toString}, and all of JMX.
 */
final class CanaryPublisher {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);
    private static final Topic<String, String> REFUSING = Topic.of("refusing", String.class, String.class);
    private static final int RECORDS = 200;

    private CanaryPublisher() {}

    /** Takes the properties file and the canary. */
    public static void main(String[] arguments) throws Exception {
        String canary = arguments[1];
        try (Publisher publisher = Kurier.start(Path.of(arguments[0]), ORDERS, REFUSING)) {
            CompletableFuture<?>[] all = new CompletableFuture<?>[RECORDS];
            for (int i = 0; i < RECORDS; i++) {
                Message<String, String> message = message(ORDERS, i, canary);
                all[i] = publisher.publish(message);
                print(message, all[i]);
            }
            CompletableFuture.allOf(all).join();
            print(publisher, ORDERS, all[0].join());
            print(message(REFUSING, 0, canary));
            for (boolean tries : new boolean[] {true, false}) {
                Message<String, String> refused = message(REFUSING, 0, canary);
                CompletableFuture<?> failed = tries ? publisher.tryPublish(refused) : publisher.publish(refused);
                try {
                    failed.join();
                    throw new IllegalStateException("it was to be refused");
                } catch (CompletionException e) {
                    e.printStackTrace(System.out);
                }
            }
            printBeans();
        }
    }

    private static Message<String, String> message(Topic<String, String> topic, int i, String canary) {
        return Message.of(topic, "key-" + canary + i, "value-" + canary + i).withHeader("customer", "header-" + canary);
    }

    private static void print(Object... objects) {
        for (Object object : objects) {
            System.out.println(object);
        }
    }

    private static void printBeans() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        int read = 0;
        for (ObjectName name : server.queryNames(null, null)) {
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                Object value;
                try {
                    value = server.getAttribute(name, attribute.getName());
                } catch (JMException | RuntimeException e) {
                    continue; // some attributes of the JDK are not supported everywhere
                }
                read++;
                if (!name.getDomain().startsWith("java")) {
                    System.out.println(name + " " + attribute.getName() + " " + value);
                }
            }
        }
        System.out.println("attributes: " + read);
    }

    /** Serializers and settings for {@link #main}, which a test completes. */
    static Map<String, String> settings(String bootstrapServers, String topic, String refusing) {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("topics", "orders, refusing");
        settings.put("topics.orders.name", topic);
        settings.put("topics.refusing.name", refusing);
        for (String alias : new String[] {"topics.orders.", "topics.refusing."}) {
            settings.put(alias + "key.serializer", "text");
            settings.put(alias + "value.serializer", "text");
        }
        settings.put("topics.refusing.max.record.bytes", "10");
        return settings;
    }
}
