// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.TransactionException;
import io.kurier.broker.LocalBroker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Three topics of one test, two of text and one whose values become several records, and publishers to them. */
final class TransactedTopics {
    static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);
    static final Topic<String, String> PROGRESS = Topic.of("progress", String.class, String.class);
    static final Topic<String, String> PICTURES = Topic.of("pictures", String.class, String.class);

    private final LocalBroker broker;
    private final String name;

    /** Topics whose names begin with the test's. */
    TransactedTopics(LocalBroker broker, String name) {
        this.broker = broker;
        this.name = name;
    }

    /** The physical name. */
    String nameOf(Topic<String, String> topic) {
        return name + "-" + topic.alias();
    }

    /** A publisher with four producers of transactions, and keys of the test's own. */
    Publisher start(Map<String, String> more) {
        return startWith(keys(more));
    }

    static Publisher startWith(Map<String, String> keys) {
        return Kurier.start(keys, ORDERS, PROGRESS, PICTURES);
    }

    Map<String, String> keys(Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(broker.clientProperties());
        keys.put("application.id", name);
        keys.put("topics.management", "create");
        for (Topic<String, String> topic : List.of(ORDERS, PROGRESS, PICTURES)) {
            keys.put("topics." + topic.alias() + ".name", nameOf(topic));
            keys.put("topics." + topic.alias() + ".partitions", "1");
            keys.put("topics." + topic.alias() + ".value.serializer", topic == PICTURES ? "chunks" : "text");
        }
        keys.putAll(more);
        return keys;
    }

    /** The values that readers of committed transactions see. */
    List<String> committed(Topic<String, String> topic) {
        return StoredRecords.committed(broker.bootstrapServers(), nameOf(topic));
    }

    /** Why a transaction is not committed. */
    static TransactionException failureOf(CompletableFuture<?> future) {
        return (TransactionException) requireNonNull(
                catchThrowableOfType(CompletionException.class, future::join).getCause());
    }
}
