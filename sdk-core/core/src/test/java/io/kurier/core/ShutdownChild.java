// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Topic;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The applications that {@link ShutdownTest} ends; each publishes in a JVM of its own. */
final class ShutdownChild {
    static final int MESSAGES = 100_000;
    static final int EXIT = 7;
    static final String READY = "ready for the signal";
    static final Topic<String, String> TOPIC = Topic.of("shutdown", String.class, String.class);

    private static final String PADDING = "x".repeat(500);

    private ShutdownChild() {}

    /** What the application does; each ends by a signal or by an exit, and never by itself. */
    enum Plan {
        /** Publishes 100,000 messages as fast as it can. */
        FLOODS,
        /** Has two publishers and closes the first. */
        CLOSES_ONE_OF_TWO,
        /** Has closed its only publisher. */
        CLOSES_ITS_OWN,
        /** Has a hook of its own that closes the publisher. */
        HAS_A_HOOK_TOO,
        /** Calls {@code System.exit} in a dependent, on the thread that completes futures. */
        EXITS_IN_A_DEPENDENT
    }

    /** Takes the plan, the brokers' addresses, the file for notes, and more configuration as {@code key=value}. */
    public static void main(String[] args) throws Exception {
        Map<String, String> config = config(args);
        Publisher publisher = Kurier.start(config, TOPIC);
        switch (Plan.valueOf(args[0])) {
            case FLOODS -> flood(publisher, ShutdownNotes.open(Path.of(args[2]), MESSAGES));
            case CLOSES_ONE_OF_TWO -> {
                Publisher second = Kurier.start(config, TOPIC);
                publisher.publish(TOPIC, "k", "of the first").join();
                publisher.close();
                second.publish(TOPIC, "k", "of the second").join();
                second.publish(TOPIC, "k", "of the second too").join();
            }
            case CLOSES_ITS_OWN -> {
                publisher.publish(TOPIC, "k", "v").join();
                publisher.close();
            }
            case HAS_A_HOOK_TOO -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    publisher.close();
                    System.out.println("closed by the application");
                }));
                publisher.publish(TOPIC, "k", "v").join();
            }
            case EXITS_IN_A_DEPENDENT ->
                publisher.publish(TOPIC, "k", "v").thenRun(() -> {
                    System.out.println("exits on " + Thread.currentThread().getName());
                    System.exit(EXIT);
                });
        }
        System.out.println(READY);
        new CountDownLatch(1).await();
    }

    private static Map<String, String> config(String[] args) {
        Map<String, String> config = new HashMap<>();
        config.put("bootstrap.servers", args[1]);
        config.put("topics.management", "create");
        config.put("topics", TOPIC.alias());
        config.put("topics.shutdown.value.serializer", "text");
        config.put("topics.shutdown.partitions", "3");
        config.put("producer.linger.ms", "100");
        for (int i = 3; i < args.length; i++) {
            String[] pair = args[i].split("=", 2);
            config.put(pair[0], pair[1]);
        }
        return config;
    }

    private static void flood(Publisher publisher, ShutdownNotes notes) {
        for (int i = 0; i < MESSAGES; i++) {
            int number = i;
            notes.note(number, ShutdownNotes.GIVEN);
            publisher
                    .publish(TOPIC, "k" + number % 50, number + " " + PADDING)
                    .whenComplete((receipt, failure) -> notes.note(number, outcome(failure)));
        }
    }

    private static byte outcome(@Nullable Throwable failure) {
        if (failure == null) {
            return ShutdownNotes.STORED;
        }
        boolean rejected = failure instanceof PublishException known && known.outcome() == Outcome.REJECTED;
        return rejected ? ShutdownNotes.REJECTED : ShutdownNotes.OTHER;
    }
}
