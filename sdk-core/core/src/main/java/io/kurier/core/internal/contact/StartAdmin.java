// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.contact;

import io.kurier.StartException;
import io.kurier.core.internal.config.PublisherConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.jspecify.annotations.Nullable;

/**
 * The admin client of one start, created at the first request, with time limits of its own: Kafka's admin client waits
 * a minute for a broker that is not reachable, and its close waits for every open call. Used by one thread.
 */
public final class StartAdmin implements AutoCloseable {
    /** The time limit of a call, unless its options have a shorter one. */
    public static final Duration CALL = Duration.ofSeconds(60);

    private static final Duration REQUEST = Duration.ofSeconds(30);

    private final PublisherConfig config;
    private @Nullable Admin admin;

    /** Creates and connects nothing yet. */
    public StartAdmin(PublisherConfig config) {
        this.config = config;
    }

    /**
     * Returns the client, which connects at the first request.
     *
     * @throws KafkaException if Kafka refuses the configuration
     */
    public Admin client() {
        Admin made = admin;
        if (made == null) {
            Map<String, Object> keys = new HashMap<>(config.connection());
            keys.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) CALL.toMillis());
            keys.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST.toMillis());
            made = Admin.create(keys);
            admin = made;
        }
        return made;
    }

    /**
     * Waits for the response to the first request, which was made with {@link ConnectionDiagnosis#ANSWER} as its limit.
     *
     * @throws StartException if no broker responded, or one rejected the client's log-in
     * @throws ExecutionException if a broker refused the request
     */
    public <T> T first(KafkaFuture<T> asked) throws ExecutionException, InterruptedException {
        return ConnectionDiagnosis.await(config, asked);
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ZERO); // what a start that failed still asks is of no use
        }
    }
}
