// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.route;

import io.kurier.ArrayHeaders;
import io.kurier.PublishException;
import io.kurier.Stage;
import io.kurier.Topic;
import io.kurier.core.internal.errors.SafeLogger;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.limits.InFlightLimits;
import io.kurier.core.internal.plugins.PluginCloser;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.LoadAwarePartitioner;
import io.kurier.spi.Metered;
import io.kurier.spi.NotReadyException;
import io.kurier.spi.PartitionLoads;
import io.kurier.spi.PluginMetrics;
import io.kurier.spi.Preparable;
import io.kurier.spi.RecordPartitioner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps for the messages of one topic before they are sent. Built once, immutable, used by any thread. */
public final class Route {
    private static final Logger LOG = LoggerFactory.getLogger(Route.class);

    private final String alias;
    private final String topic;
    private final @Nullable Topic<?, ?> declared;
    private final Encoder key;
    private final Encoder value;
    private final RouteGuard[] guards;
    private final @Nullable RecordPartitioner partitioner;
    private final @Nullable LoadAwarePartitioner loadAware;
    private final @Nullable RecordIds ids;
    private final @Nullable String deadLetter;
    private final @Nullable InFlightLimits limits;
    private final boolean headersAreSeen;
    private final AtomicBoolean closed = new AtomicBoolean();

    Route(
            String alias,
            String topic,
            @Nullable Topic<?, ?> declared,
            Encoder key,
            Encoder value,
            List<RouteGuard> guards,
            @Nullable RecordPartitioner partitioner,
            @Nullable RecordIds ids,
            @Nullable String deadLetter,
            @Nullable InFlightLimits limits) {
        this.alias = alias;
        this.topic = topic;
        this.declared = declared;
        this.key = key;
        this.value = value;
        this.guards = guards.toArray(RouteGuard[]::new);
        this.partitioner = partitioner;
        this.loadAware = partitioner instanceof LoadAwarePartitioner aware ? aware : null;
        this.ids = ids;
        this.deadLetter = deadLetter;
        this.limits = limits;
        this.headersAreSeen = key.seesHeaders() || value.seesHeaders() || !guards.isEmpty() || partitioner != null;
    }

    /** Returns the name in code and configuration. */
    public String alias() {
        return alias;
    }

    /** Returns the physical topic. */
    public String topic() {
        return topic;
    }

    /** Returns the topic as code declares it, or null if only configuration does. */
    public @Nullable Topic<?, ?> declared() {
        return declared;
    }

    /** Returns the alias of the topic for messages that cannot be stored in this one, or null. */
    public @Nullable String deadLetter() {
        return deadLetter;
    }

    /** Returns the limits of what may be in flight, or null. */
    public @Nullable InFlightLimits limits() {
        return limits;
    }

    /** Returns whether a guard may replace a key, a value or headers, rather than only refuse records. */
    public boolean guardsChangeRecords() {
        for (RouteGuard guard : guards) {
            if (!guard.onlyChecks()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Compares a caller's types with the declared ones, for which the serializers were made: another constant with the
     * same alias could otherwise publish anything that a serializer accepts. A topic that only configuration declares
     * has no types.
     *
     * @throws PublishException if they differ
     */
    public void checkTypes(Topic<?, ?> callers) {
        if (declared != null && callers != declared && !hasTypesOf(declared, callers)) {
            throw Rejections.at(
                    Stage.ROUTE,
                    alias,
                    "declared as " + types(declared) + ", and the caller's topic is " + types(callers)
                            + "; publish with the topic that is declared",
                    null);
        }
    }

    private static boolean hasTypesOf(Topic<?, ?> one, Topic<?, ?> other) {
        return one.keyType().equals(other.keyType()) && one.valueType().equals(other.valueType());
    }

    private static String types(Topic<?, ?> topic) {
        return "<" + topic.keyType() + ", " + topic.valueType() + ">";
    }

    /** Returns whether a plugin partitions, so that the number of partitions must be known before a send. */
    public boolean hasPartitioner() {
        return partitioner != null;
    }

    /** Returns whether that plugin also looks at the loads of the partitions. */
    public boolean seesLoads() {
        return loadAware != null;
    }

    /** Passes the registry for metrics to the partitioner, if it has any. */
    public void meter(PluginMetrics metrics) {
        if (partitioner instanceof Metered metered) {
            try {
                metered.withPluginMetrics(metrics);
            } catch (Throwable e) { // records can be sent without these metrics
                SafeLogger.warn(LOG, e, "the partitioner of topic {} cannot add its metrics", alias);
            }
        }
    }

    /** Returns whether a value may become several records. */
    public boolean makesSequence(@Nullable Object valueIn) {
        return value.isSequence(valueIn);
    }

    /**
     * Encodes a key and a value that is one record.
     *
     * @param callers the caller's topic, with its types
     * @throws PublishException if a serializer refuses the key or the value
     */
    public EncodedRecord encode(
            Topic<?, ?> callers, @Nullable Object keyIn, @Nullable Object valueIn, List<Header> given) {
        Headers headers = headersOfOne(given);
        byte[] keyBytes = key.encode(topic, headers, keyIn, callers.keyType());
        byte[] valueBytes = value.encode(topic, headers, valueIn, callers.valueType());
        if (ids != null) {
            ids.addTo(headers);
        }
        return new EncodedRecord(topic, keyBytes, valueBytes, headers);
    }

    /** Returns a record of bytes that are as they are to be stored, before its guards. */
    public EncodedRecord encoded(byte @Nullable [] keyBytes, byte @Nullable [] valueBytes, Headers headers) {
        if (ids != null) {
            ids.addTo(headers);
        }
        return new EncodedRecord(topic, keyBytes, valueBytes, headers);
    }

    /** Returns the bytes of a key alone; null if there is none, or the serializer refuses it. */
    public byte @Nullable [] encodedKey(Topic<?, ?> callers, @Nullable Object keyIn) {
        try {
            return key.encode(topic, new ArrayHeaders(), keyIn, callers.keyType());
        } catch (PublishException e) {
            return null;
        }
    }

    private Headers headersOfOne(List<Header> given) {
        if (!given.isEmpty() || ids != null) {
            return new ArrayHeaders(given);
        }
        return headersAreSeen ? new ArrayHeaders() : NoHeaders.INSTANCE;
    }

    /**
     * Encodes a key, and begins to encode a value that may become several records; to be closed by the caller.
     *
     * @param callers the caller's topic, with its types
     * @throws PublishException if a serializer refuses the key or the value
     */
    public EncodedSequence encodeSequence(
            Topic<?, ?> callers, @Nullable Object keyIn, @Nullable Object valueIn, List<Header> given) {
        Headers headers = new ArrayHeaders(given);
        byte[] keyBytes = key.encode(topic, headers, keyIn, callers.keyType());
        return new EncodedSequence(
                alias,
                new EncodedRecord(topic, keyBytes, null, headers),
                value.sequence(topic, headers, valueIn, callers.valueType()),
                ids);
    }

    /** Returns the objects of its plugins that request what they need at the start. */
    public List<Prepared> preparables() {
        List<Prepared> all = new ArrayList<>();
        key.addTo(all);
        value.addTo(all);
        for (RouteGuard guard : guards) {
            guard.addTo(all);
        }
        if (partitioner instanceof Preparable preparable) {
            all.add(new Prepared("the partitioner of topic " + alias, preparable));
        }
        return all;
    }

    /** Closes the objects that plugins have made for it; a second call has no effect. */
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        key.close();
        value.close();
        for (RouteGuard guard : guards) {
            guard.close();
        }
        if (partitioner != null) {
            PluginCloser.of("the partitioner", alias, partitioner::close);
        }
    }

    /**
     * Runs the guards, in their order.
     *
     * @throws PublishException if one of them refuses the record
     */
    public EncodedRecord guard(EncodedRecord record) {
        EncodedRecord guarded = record;
        for (RouteGuard guard : guards) {
            guarded = guard.guard(guarded);
        }
        return guarded;
    }

    /**
     * Returns the partition that the topic's partitioner chooses.
     *
     * @param partitions the number of partitions of the topic, at least 1
     * @param loads their loads; null unless the partitioner looks at them
     * @return a partition, or {@link RecordPartitioner#KAFKA_CHOOSES}
     * @throws PublishException if the partitioner fails or returns a partition that does not exist
     */
    public int partition(EncodedRecord record, int partitions, @Nullable PartitionLoads loads) {
        if (partitioner == null) {
            return RecordPartitioner.KAFKA_CHOOSES;
        }
        int partition;
        try {
            partition = loadAware == null || loads == null
                    ? partitioner.partition(record, partitions)
                    : loadAware.partition(record, loads);
        } catch (Throwable e) {
            throw Rejections.at(
                    Stage.PARTITION,
                    alias,
                    e instanceof NotReadyException
                            ? "the partitioner is " + ThrowableText.reason(e)
                            : "the partitioner failed: " + ThrowableText.of(e),
                    e);
        }
        if (partition < RecordPartitioner.KAFKA_CHOOSES || partition >= partitions) {
            throw Rejections.at(
                    Stage.PARTITION,
                    alias,
                    "the partitioner chose partition " + partition + ", and " + topic + " has " + partitions
                            + "; fix the partitioner",
                    null);
        }
        return partition;
    }
}
