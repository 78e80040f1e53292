// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The settings of the broker of a {@link BrokerProcess}, as passed to its JVM. */
record ChildSettings(
        ClusterMember member, Path directory, int port, int advertisedPort, Map<String, String> properties) {

    void write(DataOutputStream out) throws IOException {
        member.write(out);
        out.writeUTF(directory.toString());
        out.writeInt(port);
        out.writeInt(advertisedPort);
        out.writeInt(properties.size());
        for (Map.Entry<String, String> property : properties.entrySet()) {
            out.writeUTF(property.getKey());
            out.writeUTF(property.getValue());
        }
    }

    static ChildSettings read(DataInputStream in) throws IOException {
        ClusterMember member = ClusterMember.read(in);
        Path directory = Path.of(in.readUTF());
        int port = in.readInt();
        int advertisedPort = in.readInt();
        int count = in.readInt();
        Map<String, String> properties = new HashMap<>();
        for (int i = 0; i < count; i++) {
            properties.put(in.readUTF(), in.readUTF());
        }
        return new ChildSettings(member, directory, port, advertisedPort, properties);
    }

    ChildSettings withPort(int newPort) {
        return new ChildSettings(member, directory, newPort, advertisedPort, properties);
    }

    LocalBroker.Builder toBuilder() {
        LocalBroker.Builder builder = LocalBroker.builder()
                .member(member)
                .directory(directory)
                .port(port)
                .advertisedPort(advertisedPort);
        properties.forEach(builder::property);
        return builder;
    }
}
