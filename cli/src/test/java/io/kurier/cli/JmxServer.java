// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.RMIServerSocketFactory;
import java.rmi.server.UnicastRemoteObject;
import java.util.Map;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnectorServer;

/** The MBeans of this JVM by RMI on 127.0.0.1, as those of another JVM are seen. */
final class JmxServer implements AutoCloseable {
    private static final String HOST_NAME = "java.rmi.server.hostname";

    private final int port;
    private final Registry registry;
    private final JMXConnectorServer server;

    JmxServer() throws IOException {
        System.setProperty(HOST_NAME, "127.0.0.1"); // RMI reads it once, when the first object is exported
        port = freePort();
        RMIServerSocketFactory loopback = at -> new ServerSocket(at, 0, InetAddress.getByName("127.0.0.1"));
        registry = LocateRegistry.createRegistry(port, null, loopback);
        server = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi"),
                Map.of(RMIConnectorServer.RMI_SERVER_SOCKET_FACTORY_ATTRIBUTE, loopback),
                ManagementFactory.getPlatformMBeanServer());
        server.start();
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** Ends it as the end of its JVM does: no connection is left. */
    @Override
    public void close() throws IOException {
        server.stop();
        UnicastRemoteObject.unexportObject(registry, true);
    }
}
