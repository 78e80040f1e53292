// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.server.fault.FaultHandlerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's broker and controller, assembled as in {@code kafka.server.KafkaRaftServer}, except for two things that are
 * fixed there: which sockets are used, and what happens on a fatal fault. (Kafka's own integration tests compose the
 * same three parts for the same reasons.)
 */
final class KafkaNode {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaNode.class);

    private static final Duration CONTROLLED_SHUTDOWN_LIMIT = Duration.ofSeconds(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final RecordingFaultHandler faults = new RecordingFaultHandler();
    private final SharedServer shared;
    private final ControllerServer controller;
    private final BrokerServer broker;

    KafkaNode(KafkaConfig config, ClusterMember member, LoopbackSockets sockets) {
        var directories = KafkaRaftServer.initializeLogDirs(config, LOG, "");
        shared = new SharedServer(
                config,
                directories._1(),
                Time.SYSTEM,
                new Metrics(),
                CompletableFuture.completedFuture(member.voters()),
                List.of(),
                faults,
                sockets);
        controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), directories._2());
        broker = new BrokerServer(shared);
    }

    /**
     * Starts, controller first, and returns when clients can connect. If it throws, {@link #stop()} must be called. To
     * be called in a thread that ends with the start: a fatal fault interrupts it.
     *
     * @param users passwords by the names of those who can log in; may be empty
     * @throws Exception the exception that Kafka threw, or its first fatal fault
     */
    void start(Map<String, String> users) throws Exception {
        // After some faults Kafka would wait for an event that can no longer happen.
        Thread starting = Thread.currentThread();
        faults.onFatal(() -> {
            if (Thread.currentThread() != starting) {
                starting.interrupt();
            }
        });
        try {
            controller.startup();
            if (!users.isEmpty()) {
                ScramUsers.store(controller.controller(), users);
            }
            broker.startup();
        } catch (Exception e) {
            FaultHandlerException fault = faults.first();
            // an exception after a fault is its consequence
            throw fault == null ? e : fault;
        } finally {
            faults.onFatal(() -> {});
        }
    }

    /**
     * Stops, broker first because it deregisters from the controller. A node that has not started, or only in part, is
     * stopped as far as it came.
     *
     * @throws IllegalStateException if the node does not stop in half a minute, or not cleanly
     */
    void stop() {
        try {
            UninterruptibleCall.call("kurier-broker-stop", STOP_LIMIT, () -> {
                try {
                    broker.shutdown(CONTROLLED_SHUTDOWN_LIMIT);
                } finally {
                    controller.shutdown();
                    // If Kafka's start fails early, it leaves these two running.
                    shared.ensureNotRaftLeader();
                    Utils.closeQuietly(shared.loader(), "metadata loader");
                }
                return true;
            });
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker did not stop cleanly: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "the broker did not stop, so its threads go on and its directory stays locked: " + e.getMessage(),
                    e);
        }
    }
}
