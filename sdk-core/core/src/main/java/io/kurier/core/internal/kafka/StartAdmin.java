// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.kafka;

import io.kurier.StartException;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.contact.ConnectionDiagnosis;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;

/**
 * An admin client for a few questions, with the time limits of a start: Kafka's own waits a minute for a broker that is not
 * there, and its close waits for every call that is open.
 */
final class StartAdmin implements AutoCloseable {
    private static final Duration CALL = Duration.ofSeconds(60);
    private static final Duration REQUEST = Duration.ofSeconds(30);
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final PublisherConfig config;
    private final Admin admin;

    /**
     * Makes the client, which connects when something is asked.
     *
     * @throws KafkaException if Kafka refuses the configuration
     */
    StartAdmin(PublisherConfig config) {
        Map<String, Object> keys = new HashMap<>(config.connection());
        keys.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) CALL.toMillis());
        keys.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST.toMillis());
        this.config = config;
        this.admin = Admin.create(keys);
    }

    Admin client() {
        return admin;
    }

    /**
     * The answer to the first question, which was asked with {@link ConnectionDiagnosis#ANSWER} as its limit.
     *
     * @throws StartException if no broker answered, or one did not let the client in
     * @throws ExecutionException if one refused
     */
    <T> T first(KafkaFuture<T> asked) throws ExecutionException, InterruptedException {
        return ConnectionDiagnosis.await(config, asked);
    }

    @Override
    public void close() {
        admin.close(CLOSE);
    }
}
