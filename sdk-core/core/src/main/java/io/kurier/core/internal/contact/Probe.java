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
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * Finds out what listens at a port, by sockets of the JDK: whether it is a broker, with TLS or without, and whether it
 * requires a log-in. It sends no secret, and accepts any certificate, since it only detects the protocol.
 */
final class Probe {
    private static final int CONNECT_MILLIS = 1000;
    private static final int READ_MILLIS = (int) Duration.ofMillis(1500).toMillis();

    private Probe() {}

    static boolean isOpen(InetAddress host, int port) {
        try (Socket socket = connect(host, port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    static ProbeResult diagnosis(InetAddress host, int port) {
        ProbeResult.Kind plain;
        try (Socket socket = connect(host, port)) {
            ProtocolProbe conversation = new ProtocolProbe(socket);
            plain = conversation.opening();
            if (plain == ProbeResult.Kind.KAFKA) {
                return conversation.answer(false);
            }
        } catch (ConnectException e) {
            return ProbeResult.of(ProbeResult.Kind.CLOSED);
        } catch (IOException e) {
            return ProbeResult.of(ProbeResult.Kind.UNREACHABLE);
        }
        return plain == ProbeResult.Kind.HTTP ? ProbeResult.of(plain) : byTls(host, port, plain);
    }

    private static ProbeResult byTls(InetAddress host, int port, ProbeResult.Kind plain) {
        boolean shaken = false;
        try (Socket socket = connect(host, port);
                SSLSocket secured = (SSLSocket)
                        context().getSocketFactory().createSocket(socket, host.getHostAddress(), port, true)) {
            secured.setSoTimeout(READ_MILLIS);
            secured.startHandshake();
            shaken = true;
            ProtocolProbe conversation = new ProtocolProbe(secured);
            if (conversation.opening() == ProbeResult.Kind.KAFKA) {
                return conversation.answer(true);
            }
        } catch (IOException | GeneralSecurityException e) {
            // it does not speak TLS, or ends the connection because the client has no certificate
        }
        return ProbeResult.of(shaken ? ProbeResult.Kind.TLS_OF_ANOTHER : plain);
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
