// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongUnaryOperator;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Clients for the tests, which do not wait between retries. */
final class Clients {
    static final String PREFIX = "framing.confluent.";

    private Clients() {}

    /** Returns a client with keys, such as "max.retries", "2". */
    static RegistryClient client(String url, String... keys) {
        return client(limit -> 0, url, keys);
    }

    static RegistryClient client(LongUnaryOperator random, String url, String... keys) {
        Map<String, String> values = new HashMap<>();
        values.put("schema.registry.url", url);
        for (int i = 0; i < keys.length; i += 2) {
            values.put(keys[i], keys[i + 1]);
        }
        AbstractConfig config = new AbstractConfig(RegistryClient.defineIn(new ConfigDef()), values, false);
        return new RegistryClient(new Calls(config, PREFIX, random), PREFIX);
    }

    /** Returns the failure of a call. */
    static RegistryException failure(CompletableFuture<?> call) {
        try {
            Object unexpected = call.join();
            throw new AssertionError("there is a result: " + unexpected);
        } catch (CompletionException e) {
            if (e.getCause() instanceof RegistryException refused) {
                return refused;
            }
            throw new AssertionError("another exception", e);
        }
    }
}
