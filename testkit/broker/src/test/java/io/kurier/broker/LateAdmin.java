// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Admin} over a real one that confirms each change at once and makes it later or never, as a cluster seems to
 * do whose brokers are slow to learn of changes. And one whose partitions are unknown at first.
 */
final class LateAdmin {
    private LateAdmin() {}

    /** Makes each change so many milliseconds after it was confirmed. */
    static Admin delaying(Admin real, int millis) {
        return confirming(real, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
    }

    /** Makes no change at all. */
    static Admin forgetting(Admin real) {
        return confirming(real, change -> {});
    }

    private static Admin confirming(Admin real, Executor later) {
        return over((method, arguments) -> {
            Object confirmed = confirmation(real, method.getName(), arguments);
            if (confirmed == null) {
                return invoke(real, method, arguments);
            }
            later.execute(() -> invoke(real, method, arguments));
            return confirmed;
        });
    }

    /** What Kafka returns for a change that it only checks; for some it can only be asked to change nothing. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // results of any type
    private static @Nullable Object confirmation(Admin real, String change, Object[] arguments) {
        return switch (change) {
            case "createTopics" ->
                real.createTopics((Collection) arguments[0], new CreateTopicsOptions().validateOnly(true));
            case "createPartitions" ->
                real.createPartitions((Map) arguments[0], new CreatePartitionsOptions().validateOnly(true));
            case "incrementalAlterConfigs" ->
                real.incrementalAlterConfigs((Map) arguments[0], new AlterConfigsOptions().validateOnly(true));
            case "deleteTopics" -> real.deleteTopics(List.of());
            case "createAcls" -> real.createAcls(List.of());
            case "deleteAcls" -> real.deleteAcls(List.of());
            default -> null;
        };
    }

    /** Says of each partition that it is unknown, so many times, before it asks. */
    static Admin unknown(Admin real, AtomicInteger times) {
        return over((method, arguments) -> {
            if (method.getName().equals("listOffsets") && times.getAndDecrement() > 0) {
                TopicPartition first = (TopicPartition)
                        ((Map<?, ?>) arguments[0]).keySet().iterator().next();
                return new ListOffsetsResult(Map.of(
                        first, KafkaFuture.completedFuture(first).thenApply(partition -> {
                            throw new UnknownTopicOrPartitionException("not hosted here: " + partition);
                        })));
            }
            return invoke(real, method, arguments);
        });
    }

    private interface Handler {
        @Nullable
        Object invoke(Method method, Object[] arguments);
    }

    private static Admin over(Handler handler) {
        return (Admin) Proxy.newProxyInstance(
                Admin.class.getClassLoader(),
                new Class<?>[] {Admin.class},
                (proxy, method, arguments) -> handler.invoke(method, arguments));
    }

    private static @Nullable Object invoke(Admin real, Method method, Object[] arguments) {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(Objects.requireNonNull(e.getCause()));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
