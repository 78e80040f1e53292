// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.contact;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * Finds out who listens at a port, by sockets of the JDK: whether it is a broker, with TLS or without, and whether it asks
 * for a log-in. It sends no secret, and believes any certificate, since it only tells which protocol is spoken.
 */
final class Probe {
    private static final int CONNECT_MILLIS = 1000;
    private static final int READ_MILLIS = (int) Duration.ofMillis(1500).toMillis();

    private Probe() {}

    /** Who listens. */
    enum Kind {
        UNRESOLVED,
        CLOSED,
        UNREACHABLE,
        SILENT,
        HTTP,
        OTHER,
        TLS_OF_ANOTHER,
        SLOW_KAFKA,
        KAFKA
    }

    /**
     * What was found.
     *
     * @param tls whether it speaks TLS
     * @param sasl whether a broker asks for a log-in
     * @param mechanisms those of a broker that does
     * @param brokers the addresses that a broker without log-ins gives to clients
     */
    record Answer(Kind kind, boolean tls, boolean sasl, List<String> mechanisms, List<Address> brokers) {
        static final Answer UNRESOLVED = of(Kind.UNRESOLVED);

        static Answer of(Kind kind) {
            return new Answer(kind, false, false, List.of(), List.of());
        }

        boolean isKafka() {
            return kind == Kind.KAFKA || kind == Kind.SLOW_KAFKA;
        }
    }

    static boolean isOpen(InetAddress host, int port) {
        try (Socket socket = connect(host, port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    static Answer diagnosis(InetAddress host, int port) {
        Kind plain;
        try (Socket socket = connect(host, port)) {
            ProtocolProbe conversation = new ProtocolProbe(socket);
            plain = conversation.opening();
            if (plain == Kind.KAFKA) {
                return conversation.answer(false);
            }
        } catch (ConnectException e) {
            return Answer.of(Kind.CLOSED);
        } catch (IOException e) {
            return Answer.of(Kind.UNREACHABLE);
        }
        return plain == Kind.HTTP ? Answer.of(plain) : byTls(host, port, plain);
    }

    private static Answer byTls(InetAddress host, int port, Kind plain) {
        boolean shaken = false;
        try (Socket socket = connect(host, port);
                SSLSocket secured = (SSLSocket)
                        context().getSocketFactory().createSocket(socket, host.getHostAddress(), port, true)) {
            secured.setSoTimeout(READ_MILLIS);
            secured.startHandshake();
            shaken = true;
            ProtocolProbe conversation = new ProtocolProbe(secured);
            if (conversation.opening() == Kind.KAFKA) {
                return conversation.answer(true);
            }
        } catch (IOException | GeneralSecurityException e) {
            // it does not speak TLS, or ends the connection for want of a certificate
        }
        return Answer.of(shaken ? Kind.TLS_OF_ANOTHER : plain);
    }

    private static Socket connect(InetAddress host, int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            socket.setSoTimeout(READ_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static SSLContext context() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAllManager()}, new SecureRandom());
        return context;
    }
}
