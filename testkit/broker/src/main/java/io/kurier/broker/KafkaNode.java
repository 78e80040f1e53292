// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's broker and controller, put together as {@code kafka.server.KafkaRaftServer} does it but for two things that
 * it fixes: which sockets are used, and what happens on a fatal fault. (Kafka's own integration tests compose the same
 * three parts for the same reasons.)
 */
final class KafkaNode {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaNode.class);

    /** Longer than {@code server.max.startup.time.ms} by default, whose error says more. */
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private static final Duration CONTROLLED_SHUTDOWN_LIMIT = Duration.ofSeconds(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final Faults faults = new Faults();
    private final SharedServer shared;
    private final ControllerServer controller;
    private final BrokerServer broker;
    private @Nullable Thread starting;

    KafkaNode(KafkaConfig config, LoopbackSockets sockets) {
        var directories = KafkaRaftServer.initializeLogDirs(config, LOG, "");
        InetSocketAddress voter = new InetSocketAddress(LoopbackSockets.HOST, sockets.controllerPort());
        shared = new SharedServer(
                config,
                directories._1(),
                Time.SYSTEM,
                new Metrics(),
                CompletableFuture.completedFuture(Map.of(BrokerConfig.NODE_ID, voter)),
                List.of(),
                faults,
                sockets);
        controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), directories._2());
        broker = new BrokerServer(shared);
    }

    /**
     * Starts, controller first, and returns when clients can connect. If it throws, {@link #stop()} must be called.
     *
     * @throws ExecutionException with what Kafka threw, or with its first fatal fault
     * @throws TimeoutException if Kafka does not come up
     * @throws InterruptedException if the caller's thread was interrupted
     */
    void start() throws ExecutionException, TimeoutException, InterruptedException {
        CompletableFuture<@Nullable Void> started = new CompletableFuture<>();
        // A thread of its own: after some faults Kafka waits for what will not happen.
        Thread thread = thread("kurier-broker-start", started, () -> {
            controller.startup();
            broker.startup();
        });
        starting = thread;
        thread.start();
        try {
            CompletableFuture.anyOf(started, faults.fatal()).get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } finally {
            thread.interrupt();
        }
    }

    /**
     * Stops, broker first because it takes its leave from the controller. A node that has not started, or only half, is
     * stopped as far as it came. The time is bounded, and an interrupt does not shorten it.
     *
     * @throws IllegalStateException if the node does not stop in time, or not cleanly
     */
    void stop() {
        CompletableFuture<@Nullable Void> stopped = new CompletableFuture<>();
        Thread thread = thread("kurier-broker-stop", stopped, () -> {
            if (starting != null) {
                starting.join();
            }
            try {
                broker.shutdown(CONTROLLED_SHUTDOWN_LIMIT);
            } finally {
                controller.shutdown();
                // When Kafka's start fails early, it leaves these two running.
                shared.ensureNotRaftLeader();
                Utils.closeQuietly(shared.loader(), "metadata loader");
            }
        });
        thread.setDaemon(true);
        thread.start();
        try {
            awaitUninterruptibly(stopped);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker did not stop cleanly: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "the broker did not stop within " + STOP_LIMIT.toSeconds()
                            + " s, so its threads go on and its directory stays locked; it is in: "
                            + Arrays.toString(thread.getStackTrace()),
                    e);
        }
    }

    private static void awaitUninterruptibly(CompletableFuture<@Nullable Void> done)
            throws ExecutionException, TimeoutException {
        boolean interrupted = false;
        long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
        try {
            while (true) {
                try {
                    done.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Thread thread(String name, CompletableFuture<@Nullable Void> done, Work work) {
        return new Thread(
                () -> {
                    try {
                        work.run();
                        done.complete(null);
                    } catch (Throwable e) {
                        done.completeExceptionally(e);
                    }
                },
                name);
    }

    private interface Work {
        void run() throws Exception;
    }
}
