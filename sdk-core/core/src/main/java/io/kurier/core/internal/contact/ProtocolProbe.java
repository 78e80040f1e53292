// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.contact;

import io.kurier.Printable;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends a few requests to a port by Kafka's protocol: {@code ApiVersions} version 0, {@code SaslHandshake} version 1
 * and {@code Metadata} version 1, which every broker since 1.0 understands. Written by hand since Kafka's client
 * exposes none of their results.
 */
final class ProtocolProbe {
    private static final short SASL_HANDSHAKE = 17;
    private static final short METADATA = 3;
    private static final short API_VERSIONS = 18;

    /** The error of a listener without log-ins ({@code ILLEGAL_SASL_STATE}). */
    private static final short NO_LOGINS = 34;

    /** The maximum length of a response; a longer one is not Kafka's. */
    private static final int LONGEST = 1 << 20;

    private static final byte TLS_ALERT = 0x15;
    private static final int BEGINNING = 4;

    /** The time limit after a line end was sent; the first request has had its own time. */
    private static final int SECOND_MILLIS = 500;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private int correlation = 0x6b75;

    ProtocolProbe(Socket socket) throws IOException {
        this.socket = socket;
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    /** Sends the first request and returns what kind of server responds. */
    ProbeResult.Kind opening() {
        byte[] beginning = new byte[BEGINNING];
        try {
            write(API_VERSIONS, (short) 0, new byte[0]);
            readFully(beginning);
            int length = ByteBuffer.wrap(beginning).getInt();
            if (beginning[0] != TLS_ALERT && length >= BEGINNING && length <= LONGEST) {
                byte[] rest = new byte[length];
                in.readFully(rest);
                return ByteBuffer.wrap(rest).getInt() == correlation ? ProbeResult.Kind.KAFKA : ProbeResult.Kind.OTHER;
            }
            return new String(beginning, StandardCharsets.ISO_8859_1).equals("HTTP")
                    ? ProbeResult.Kind.HTTP
                    : ProbeResult.Kind.OTHER;
        } catch (SocketTimeoutException e) {
            return ProbeResult.Kind.SILENT;
        } catch (IOException e) {
            return ProbeResult.Kind.OTHER;
        }
    }

    /** Reads the first bytes. A server that waits for the end of a line, as some HTTP servers do, gets one. */
    private void readFully(byte[] beginning) throws IOException {
        try {
            in.readFully(beginning);
        } catch (SocketTimeoutException e) {
            socket.setSoTimeout(SECOND_MILLIS);
            out.write(new byte[] {'\r', '\n', '\r', '\n'});
            out.flush();
            in.readFully(beginning);
        }
    }

    /** Returns the further properties of a broker. */
    ProbeResult answer(boolean tls) {
        try {
            ByteBuffer handshake = ask(SASL_HANDSHAKE, (short) 1, text("?"));
            boolean sasl = handshake.getShort() != NO_LOGINS;
            List<String> mechanisms = new ArrayList<>();
            for (int left = handshake.getInt(); left > 0; left--) {
                mechanisms.add(text(handshake));
            }
            return new ProbeResult(
                    ProbeResult.Kind.KAFKA, tls, sasl, sasl ? mechanisms : List.of(), sasl ? List.of() : brokers());
        } catch (IOException | RuntimeException e) { // its response is shorter than a broker's
            return new ProbeResult(ProbeResult.Kind.SLOW_KAFKA, tls, false, List.of(), List.of());
        }
    }

    private List<Address> brokers() throws IOException {
        ByteBuffer answer = ask(METADATA, (short) 1, new byte[] {0, 0, 0, 0}); // for no topic
        List<Address> brokers = new ArrayList<>();
        for (int left = answer.getInt(); left > 0; left--) {
            answer.getInt(); // its id
            brokers.add(new Address(text(answer), answer.getInt()));
            text(answer); // its rack
        }
        return brokers;
    }

    private ByteBuffer ask(short api, short version, byte[] body) throws IOException {
        correlation++;
        write(api, version, body);
        int length = in.readInt();
        if (length < BEGINNING || length > LONGEST) {
            throw new IOException("not an answer of Kafka's");
        }
        byte[] rest = new byte[length];
        in.readFully(rest);
        ByteBuffer answer = ByteBuffer.wrap(rest);
        if (answer.getInt() != correlation) {
            throw new IOException("an answer to another question");
        }
        return answer;
    }

    /** Writes a request with the header of version 1. */
    private void write(short api, short version, byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream request = new DataOutputStream(bytes);
        request.writeShort(api);
        request.writeShort(version);
        request.writeInt(correlation);
        request.write(text("kurier"));
        request.write(body);
        out.writeInt(bytes.size());
        bytes.writeTo(out);
        out.flush();
    }

    private static byte[] text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 + utf8.length)
                .putShort((short) utf8.length)
                .put(utf8)
                .array();
    }

    /** Reads a string, empty for null. */
    private static String text(ByteBuffer from) {
        int length = from.getShort();
        if (length <= 0) {
            return "";
        }
        byte[] utf8 = new byte[length];
        from.get(utf8);
        return Printable.of(new String(utf8, StandardCharsets.UTF_8));
    }
}
