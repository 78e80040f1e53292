// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;

/**
 * The identity of a broker: a node of a cluster. Each node is broker and controller, so that all of them elect the
 * active controller.
 *
 * @param nodeId one of the keys of the ports
 * @param clusterId used if the broker's directory is new; a kept directory has its own
 * @param controllerPorts the ports of the controllers, by the ids of all nodes; 0 for a free one, if the broker is
 *     alone
 */
record ClusterMember(int nodeId, String clusterId, Map<Integer, Integer> controllerPorts) {
    private static final int ALONE = 1;

    ClusterMember {
        controllerPorts = Map.copyOf(controllerPorts);
    }

    /** Returns the only node of a new cluster. */
    static ClusterMember alone() {
        return new ClusterMember(ALONE, newClusterId(), Map.of(ALONE, 0));
    }

    static String newClusterId() {
        return Uuid.randomUuid().toString();
    }

    int controllerPort() {
        return Objects.requireNonNull(controllerPorts.get(nodeId));
    }

    /** Returns the same node with the port that its controller has bound. */
    ClusterMember boundTo(int controllerPort) {
        Map<Integer, Integer> ports = new TreeMap<>(controllerPorts);
        ports.put(nodeId, controllerPort);
        return new ClusterMember(nodeId, clusterId, ports);
    }

    /** Returns the addresses of all controllers, by the ids of their nodes. */
    Map<Integer, InetSocketAddress> voters() {
        return controllerPorts.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, node -> LoopbackSockets.address(node.getValue())));
    }

    /** Returns the value of Kafka's {@code controller.quorum.voters}. */
    String quorum() {
        return controllerPorts.entrySet().stream()
                .map(node -> node.getKey() + "@" + LoopbackSockets.HOST + ":" + node.getValue())
                .collect(Collectors.joining(","));
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(nodeId);
        out.writeUTF(clusterId);
        out.writeInt(controllerPorts.size());
        for (Map.Entry<Integer, Integer> node : controllerPorts.entrySet()) {
            out.writeInt(node.getKey());
            out.writeInt(node.getValue());
        }
    }

    static ClusterMember read(DataInputStream in) throws IOException {
        int nodeId = in.readInt();
        String clusterId = in.readUTF();
        int nodes = in.readInt();
        Map<Integer, Integer> ports = new TreeMap<>();
        for (int i = 0; i < nodes; i++) {
            ports.put(in.readInt(), in.readInt());
        }
        return new ClusterMember(nodeId, clusterId, ports);
    }
}
