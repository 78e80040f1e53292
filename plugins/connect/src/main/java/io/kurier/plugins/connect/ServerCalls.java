// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.connect;

import io.kurier.serializers.internal.ServerWait;
import io.kurier.serializers.internal.WithheldException;
import java.util.function.Supplier;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * Calls serializers and deserializers, waits for the servers that they ask, and makes their exceptions those of Connect.
 *
 * @param side {@code key} or {@code value}, for errors
 * @param serializer the name of the serializer, for errors
 * @param server waits for the servers
 */
record ServerCalls(String side, String serializer, ServerWait server) {
    /** Returns what the call returns. */
    <T extends @Nullable Object> T call(String topic, Supplier<T> call) {
        try {
            return server.await(call);
        } catch (org.apache.kafka.common.errors.RetriableException e) {
            throw new RetriableException(where(topic) + ": " + e.getMessage(), e);
        } catch (SerializationException e) {
            throw new DataException(where(topic) + ": " + e.getMessage(), e.getCause());
        } catch (RetriableException | InterruptException | ConfigException e) {
            throw e;
        } catch (DataException e) {
            throw new DataException(where(topic) + ": " + e.getMessage(), e.getCause());
        } catch (ConnectException e) {
            throw new ConnectException(where(topic) + ": " + e.getMessage(), e.getCause());
        } catch (RuntimeException e) { // its message may quote the value
            throw new DataException(
                    where(topic) + ": the serializer failed with "
                            + e.getClass().getName(),
                    new WithheldException(e));
        }
    }

    private String where(String topic) {
        return "topic " + topic + ", the " + side + " by the serializer " + serializer;
    }
}
