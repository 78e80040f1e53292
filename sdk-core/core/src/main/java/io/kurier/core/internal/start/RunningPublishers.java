// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.start;

import io.kurier.StartException;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.Setting;
import io.kurier.core.internal.config.TransactionConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks the names used by the publishers of this JVM that are connected to Kafka. Two with the same transactional ids
 * at one address would fence each other, which would show only with a transaction long after the start; so the second
 * does not start. Two with the same {@code client.id} share the MBeans of Kafka's metrics, of which JMX keeps one. Safe
 * for use by any number of threads.
 */
final class RunningPublishers {
    private static final Logger LOG = LoggerFactory.getLogger(RunningPublishers.class);
    private static final String APPLICATION_ID = "application.id";
    private static final String CLIENT_ID = "client.id";

    /** The number of publishers by name. Guarded by itself. */
    private static final Map<String, Integer> USED = new HashMap<>();

    private RunningPublishers() {}

    /** The names of one publisher, until it is closed. */
    record Names(List<String> names) implements AutoCloseable {
        static final Names NONE = new Names(List.of());

        /** Removes the names. To be called once. */
        @Override
        public void close() {
            synchronized (USED) {
                names.forEach(name -> USED.merge(name, -1, (count, less) -> count + less == 0 ? null : count + less));
            }
        }
    }

    /**
     * Registers the names of a publisher.
     *
     * @throws StartException if another publisher has its transactional ids
     */
    static Names enter(PublisherConfig config) {
        TransactionConfig transactions = config.transactions();
        Setting application = config.settings().get(APPLICATION_ID);
        Setting client = config.settings().get(CLIENT_ID);
        String ids = transactions.areOn()
                ? APPLICATION_ID + " " + transactions.id(0) + " at "
                        + config.bootstrap().value()
                : "";
        boolean named = client != null && !client.value().isEmpty();
        String clientId = CLIENT_ID + " " + (client == null ? "" : client.value());
        List<String> names = new ArrayList<>();
        synchronized (USED) {
            if (transactions.areOn() && USED.containsKey(ids)) {
                throw new StartException(
                        application
                                + ": another publisher of this JVM has the same transactional ids, and each would fence"
                                + " the other. Set another publisher.name or application.instance.id, or use one"
                                + " publisher for both.",
                        null);
            }
            if (client != null && named && USED.containsKey(clientId)) {
                LOG.warn(
                        "{}: another publisher of this JVM has {} too. JMX shows Kafka's metrics of one of them only, and of"
                                + " none when that is closed. Set another one",
                        client,
                        client.shown());
            }
            if (transactions.areOn()) {
                names.add(ids);
            }
            if (named) {
                names.add(clientId);
            }
            names.forEach(name -> USED.merge(name, 1, Integer::sum));
        }
        return new Names(List.copyOf(names));
    }
}
