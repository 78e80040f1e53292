// SPDX-License-Identifier: Apache-2.0
package io.kurier.compatibility;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;

/**
 * Four free ports. They are below those that systems assign to processes that request any port, so that no process gets
 * one of them by chance before it is used.
 *
 * @param client the port on which the broker listens for clients
 * @param relayed the port on which it listens for clients that come through a relay
 * @param relay the port that it advertises to those clients
 * @param controller the port of its controller
 */
record Ports(int client, int relayed, int relay, int controller) {
    private static final int FIRST = 20_000;
    private static final int COUNT = 10_000;
    private static final int WANTED = 4;
    private static final int ATTEMPTS = 1_000;

    static Ports free() throws IOException {
        Random random = new Random();
        Set<Integer> found = new LinkedHashSet<>();
        for (int attempt = 0; attempt < ATTEMPTS && found.size() < WANTED; attempt++) {
            int port = FIRST + random.nextInt(COUNT);
            if (isFree(port)) {
                found.add(port);
            }
        }
        if (found.size() < WANTED) {
            throw new IOException("no free ports from " + FIRST + " to " + (FIRST + COUNT - 1));
        }
        Integer[] ports = found.toArray(new Integer[0]);
        return new Ports(ports[0], ports[1], ports[2], ports[3]);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
