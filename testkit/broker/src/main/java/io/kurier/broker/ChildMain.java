// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Runs the broker of a {@link BrokerProcess}, in the other JVM. It reads its settings from its standard input, where
 * other users of the machine cannot see them. It ends when that input ends, because its parent has closed it or is
 * dead.
 */
final class ChildMain {
    /** The beginning of the line that reports the port, printed as soon as clients can connect. */
    static final String READY = "kurier-broker-ready ";

    private ChildMain() {}

    public static void main(String[] args) {
        int status = 1;
        try {
            run();
            status = 0;
        } catch (BrokerStartException e) {
            System.out.println(e.getMessage());
        } catch (Throwable e) {
            e.printStackTrace(System.out);
        } finally {
            // some of Kafka's threads would keep the JVM alive after a failure
            System.out.flush();
            Runtime.getRuntime().halt(status);
        }
    }

    private static void run() throws IOException {
        DataInputStream in = new DataInputStream(System.in);
        try (LocalBroker broker = ChildSettings.read(in).toBuilder().start()) {
            System.out.println(READY + broker.port());
            System.out.flush();
            in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
