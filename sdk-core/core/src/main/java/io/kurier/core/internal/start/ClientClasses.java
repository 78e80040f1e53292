// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.start;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads classes that every connected publisher needs while the first start of a JVM reads its configuration: those of
 * Kafka's clients, and JMX, and then those of Kurier's that are first used when something fails. It makes no client and
 * no connection, so it has no effect on a start that fails later. A class that cannot be loaded is left to the code that
 * needs it, which reports that.
 */
public final class ClientClasses {
    private static final Logger LOG = LoggerFactory.getLogger(ClientClasses.class);

    /** Classes whose initialization or dependencies take long, in the order in which a start needs them. */
    static final List<String> NAMES = List.of(
            "org.apache.kafka.common.metrics.JmxReporter",
            "org.apache.kafka.common.metrics.Metrics",
            "org.apache.kafka.clients.admin.KafkaAdminClient",
            "org.apache.kafka.common.network.Selector",
            "org.apache.kafka.common.network.PlaintextChannelBuilder",
            "org.apache.kafka.clients.NetworkClient",
            "org.apache.kafka.common.requests.AbstractResponse",
            "org.apache.kafka.common.requests.ApiVersionsResponse",
            "org.apache.kafka.common.requests.MetadataResponse",
            "org.apache.kafka.clients.producer.KafkaProducer",
            "org.apache.kafka.clients.producer.internals.RecordAccumulator",
            "org.apache.kafka.clients.producer.internals.Sender",
            "org.apache.kafka.clients.producer.internals.TransactionManager",
            "org.apache.kafka.common.record.internal.MemoryRecordsBuilder",
            "org.apache.kafka.common.requests.ProduceRequest",
            "org.apache.kafka.common.requests.ProduceResponse");

    /**
     * The definitions of keys, which the configuration needs first, and the schemas of requests. The schemas take as long
     * as JMX does and are loaded before it, since the start's own thread comes to JMX first.
     */
    static final List<String> FIRST =
            List.of("org.apache.kafka.clients.producer.ProducerConfig", "org.apache.kafka.common.protocol.ApiKeys");

    /**
     * Kurier's classes with a static initializer that a message needs first when it fails. An initializer that meets
     * with exhausted memory is never run again, and every later use of the class is an error (JVMS 5.5), so they are
     * initialized while there is memory. Those with a number are tables for switches, which some compilers make.
     */
    static final List<String> OF_FAILURES = List.of(
            "io.kurier.Stage",
            "io.kurier.ArrayHeaders",
            "io.kurier.core.internal.errors.SafeLogger",
            "io.kurier.core.internal.errors.ThrowableText$Indescribable",
            "io.kurier.core.internal.kafka.ErrorClassifier",
            "io.kurier.core.internal.kafka.MissingMetadata",
            "io.kurier.core.internal.kafka.VerifiedProducer",
            "io.kurier.core.internal.metrics.TopicCounts$1",
            "io.kurier.core.internal.route.EncodedSequence",
            "io.kurier.core.internal.send.AcknowledgmentWindow",
            "io.kurier.core.internal.send.BulkPublish$1",
            "io.kurier.core.internal.send.DeadLetterContent",
            "io.kurier.core.internal.send.DeadLetterContent$1",
            "io.kurier.core.internal.send.DeadLetterDelivery$State",
            "io.kurier.core.internal.send.QueuedBytes",
            "io.kurier.core.transport.TransactionFailure",
            "io.kurier.core.transport.TransactionFailure$Remedy");

    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private ClientClasses() {}

    /** Begins to load in a thread of its own, which ends by itself; a second call in a JVM does nothing. */
    public static void load() {
        if (BEGUN.getAndSet(true)) {
            return;
        }
        Thread thread = new Thread(ClientClasses::loadAll, "kurier-classes");
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError e) { // "unable to create native thread": the start loads them itself
            LOG.debug("the classes of Kafka's clients are loaded when they are used", e);
        }
    }

    private static void loadAll() {
        FIRST.forEach(ClientClasses::load);
        Object unused = ManagementFactory.getPlatformMBeanServer();
        NAMES.forEach(ClientClasses::load);
        OF_FAILURES.forEach(ClientClasses::load);
    }

    private static void load(String name) {
        try {
            Class<?> unused = Class.forName(name, true, ClientClasses.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) { // of another version of kafka-clients
            LOG.debug("a class of Kafka's clients is not loaded before it is used", e);
        }
    }
}
