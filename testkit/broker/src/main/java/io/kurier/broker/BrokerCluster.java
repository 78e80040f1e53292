// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster of {@link BrokerProcess}es, each broker and controller, so that a test can take brokers away, the active
 * controller included, while the others continue.
 *
 * <p>A new topic has up to three replicas, of which all but one must be in sync ({@code min.insync.replicas}). Three
 * brokers start in about seven seconds. Safe for use by any number of threads.
 */
public final class BrokerCluster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerCluster.class);
    private static final int MOST_REPLICAS = 3;

    private final List<BrokerProcess> brokers;

    private BrokerCluster(List<BrokerProcess> brokers) {
        this.brokers = List.copyOf(brokers);
    }

    /**
     * Starts a cluster in temporary directories, which are deleted when it is closed.
     *
     * @param brokers the number of brokers, at least 1; a cluster of three can lose one and continue
     * @return a cluster that clients can connect to; to be closed by the caller
     * @throws BrokerStartException if it cannot be started
     */
    public static BrokerCluster start(int brokers) {
        return builder(brokers).start();
    }

    /**
     * Returns a builder for a cluster that differs from that of {@link #start(int)}.
     *
     * @param brokers the number of brokers, at least 1
     */
    public static Builder builder(int brokers) {
        return new Builder(brokers);
    }

    /** Returns the value for a client's {@code bootstrap.servers}, with all brokers. */
    public String bootstrapServers() {
        return brokers.stream().map(BrokerProcess::bootstrapServers).collect(Collectors.joining(","));
    }

    /** Returns all brokers, killed ones included, in the order of their node ids. */
    public List<BrokerProcess> brokers() {
        return brokers;
    }

    /**
     * Returns the broker whose controller is the active one, as reported by a broker that responds.
     *
     * @throws IllegalStateException if no broker responds within a minute
     */
    public BrokerProcess activeController() {
        // a stopped broker is soon given up, and the next one is queried
        Map<String, String> client = Map.of("bootstrap.servers", bootstrapServers(), "request.timeout.ms", "2000");
        try (ClusterAdmin admin = ClusterAdmin.connect(client)) {
            int leader = admin.kafka()
                    .describeMetadataQuorum()
                    .quorumInfo()
                    .get(1, TimeUnit.MINUTES)
                    .leaderId();
            return brokers.stream()
                    .filter(broker -> broker.nodeId() == leader)
                    .findFirst()
                    .orElseThrow();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("no broker of " + bootstrapServers() + " tells the active controller", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the active controller", e);
        }
    }

    /**
     * Ends all processes immediately, as {@code kill -9} does, and deletes the directories. A second call does nothing.
     */
    @Override
    public void close() {
        brokers.forEach(BrokerProcess::kill);
        brokers.forEach(BrokerProcess::close);
    }

    @Override
    public String toString() {
        return "BrokerCluster[" + bootstrapServers() + "]";
    }

    /** Describes a cluster before it is started. Used by one thread. */
    public static final class Builder {
        private final Map<String, String> properties = new HashMap<>();
        private final int brokers;
        private ObjIntConsumer<BrokerProcess.Builder> change = (broker, nodeId) -> {};

        private Builder(int brokers) {
            if (brokers < 1) {
                throw new IllegalArgumentException("a cluster has 1 broker or more, not " + brokers);
            }
            this.brokers = brokers;
            int replicas = Math.min(brokers, MOST_REPLICAS);
            String all = Integer.toString(replicas);
            String inSync = Integer.toString(Math.max(1, replicas - 1));
            properties.put("default.replication.factor", all);
            properties.put("min.insync.replicas", inSync);
            properties.put("offsets.topic.replication.factor", all);
            properties.put("transaction.state.log.replication.factor", all);
            properties.put("transaction.state.log.min.isr", inSync);
            properties.put("share.coordinator.state.topic.replication.factor", all);
            properties.put("share.coordinator.state.topic.min.isr", inSync);
            // after which a broker gives up a stopped active controller and learns of the next one; 30 s by default
            properties.put("controller.socket.timeout.ms", "2000");
        }

        /** Sets a property of all brokers, as {@link BrokerProcess.Builder#property(String, String)} does. */
        public Builder property(String key, String value) {
            BrokerConfig.check(key);
            properties.put(key, Objects.requireNonNull(value, "value"));
            return this;
        }

        /**
         * Sets what differs between the brokers, such as the advertised port of one, or what {@link #property} cannot
         * set. A later call replaces an earlier one.
         *
         * @param newChange called for each broker just before it is launched, with its node id, from 1 to the number of
         *     brokers; if the start is repeated, once more for each. A directory has to be an empty one each time
         */
        public Builder eachBroker(ObjIntConsumer<BrokerProcess.Builder> newChange) {
            change = Objects.requireNonNull(newChange, "newChange");
            return this;
        }

        /**
         * Starts all brokers and waits until clients can connect to each. The ports of the controllers must be known
         * before they are bound, so a start that fails is repeated once, with other ports.
         *
         * @throws BrokerStartException if the cluster cannot be started; its message includes the output of one of the
         *     processes
         */
        public BrokerCluster start() {
            try {
                return startOnce();
            } catch (BrokerStartException e) {
                LOG.warn("The cluster did not start, and is started once more: {}", e.getMessage());
                return startOnce();
            }
        }

        private BrokerCluster startOnce() {
            List<Integer> ports = LoopbackSockets.freePorts(brokers);
            Map<Integer, Integer> controllers = new TreeMap<>();
            ports.forEach(port -> controllers.put(controllers.size() + 1, port));
            String clusterId = ClusterMember.newClusterId();
            List<BrokerProcess> started = new ArrayList<>();
            try {
                for (int nodeId : controllers.keySet()) {
                    started.add(describe(nodeId).launch(new ClusterMember(nodeId, clusterId, controllers)));
                }
                started.forEach(BrokerProcess::awaitReady);
                LOG.info("A cluster of {} brokers is ready", brokers);
                return new BrokerCluster(started);
            } catch (BrokerStartException e) {
                new BrokerCluster(started).close();
                throw e;
            }
        }

        private BrokerProcess.Builder describe(int nodeId) {
            BrokerProcess.Builder broker = BrokerProcess.builder();
            properties.forEach(broker::property);
            change.accept(broker, nodeId);
            return broker;
        }
    }
}
