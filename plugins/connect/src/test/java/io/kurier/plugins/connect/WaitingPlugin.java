// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect;

import io.kurier.spi.NotReadyException;
import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.Serializer;

/** A serializer that waits for a server which answers after some tries, or never. */
public final class WaitingPlugin implements SerializerPlugin {
    @Override
    public String name() {
        return "waiting";
    }

    @Override
    public ConfigDef configDef() {
        return new ConfigDef().define("tries", ConfigDef.Type.INT, 0, ConfigDef.Importance.LOW, "tries without answer");
    }

    @Override
    public Serializer<?> serializer(SerializerSettings settings) {
        AtomicInteger left = new AtomicInteger(settings.config().getInt("tries"));
        return (topic, value) -> {
            String text = String.valueOf(value);
            if (text.equals("broken")) {
                throw new IllegalStateException("it was " + text);
            }
            if (left.getAndDecrement() > 0) {
                throw new NotReadyException(
                        "the schema of " + topic,
                        new CompletableFuture<>().completeOnTimeout(null, 1, TimeUnit.MILLISECONDS));
            }
            if (text.equals("never")) {
                throw new NotReadyException("the schema of " + topic, new CompletableFuture<>());
            }
            return text.getBytes(StandardCharsets.UTF_8);
        };
    }
}
