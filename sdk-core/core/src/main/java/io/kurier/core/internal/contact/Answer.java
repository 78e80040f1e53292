// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.contact;

import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.errors.ThrowableText;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/**
 * The response of a cluster to one of several requests, or why there is none: one that is refused does not end the
 * others.
 *
 * @param value the response; null unless the kind is {@code KNOWN}
 * @param kind whether there is a response
 * @param reason why there is none, without secrets; empty if there is one
 */
public record Answer<T>(@Nullable T value, Kind kind, String reason) {

    /** Whether there is a response, or why not. */
    public enum Kind {
        /** There is one. */
        KNOWN,
        /** The principal may not make the request. */
        NOT_AUTHORIZED,
        /** The cluster has no such request, or what it is about is not enabled. */
        NOT_SUPPORTED,
        /** There is no such topic. */
        NOT_FOUND,
        /** No broker responded in time. */
        NO_ANSWER,
        /** Any other error. */
        FAILED
    }

    /** Returns a response. */
    public static <T> Answer<T> known(T value) {
        return new Answer<>(value, Kind.KNOWN, "");
    }

    /** Returns that there is no response. */
    public static <T> Answer<T> missing(Kind kind, String reason) {
        return new Answer<>(null, kind, reason);
    }

    /** Returns that there is no response because of an exception of Kafka's. */
    static <T> Answer<T> missing(PublisherConfig config, Throwable cause) {
        Kind kind = Kind.FAILED;
        if (cause instanceof AuthorizationException) {
            kind = Kind.NOT_AUTHORIZED;
        } else if (cause instanceof UnsupportedVersionException || cause instanceof SecurityDisabledException) {
            kind = Kind.NOT_SUPPORTED;
        } else if (cause instanceof UnknownTopicOrPartitionException) {
            kind = Kind.NOT_FOUND;
        } else if (cause instanceof TimeoutException || cause instanceof DisconnectException) {
            kind = Kind.NO_ANSWER;
        }
        return missing(kind, config.secrets().hide(ThrowableText.reason(cause)));
    }

    /** Awaits a response of Kafka's admin client, whose request has a time limit. */
    public static <T> Answer<T> await(PublisherConfig config, KafkaFuture<T> requested) throws InterruptedException {
        try {
            return known(requested.get());
        } catch (ExecutionException e) {
            return missing(config, e.getCause() == null ? e : e.getCause());
        }
    }

    /** Returns a part of the response, or that there is none. */
    public <R> Answer<R> map(Function<T, R> part) {
        return value == null ? missing(kind, reason) : known(part.apply(value));
    }
}
