// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** A server on loopback that answers as a test tells it, also with what no HTTP server would send, and counts. */
public final class ScriptedRegistry implements AutoCloseable {
    private final ServerSocket listening;
    private final String scheme;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Function<Request, Reply> script;

    /** A request as it has come. The names of headers are in lower case. */
    public record Request(String method, String path, Map<String, String> headers, String body) {}

    /** How a request is answered. */
    public interface Reply {
        /** Writes to the connection; it is closed if this returns false. */
        boolean write(OutputStream out, CountDownLatch closed) throws IOException, InterruptedException;
    }

    private ScriptedRegistry(ServerSocketFactory factory, String scheme, Function<Request, Reply> script)
            throws IOException {
        this.listening = factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.scheme = scheme;
        this.script = script;
        daemon(this::accept);
    }

    /** Starts a server with a script. */
    public static ScriptedRegistry start(Function<Request, Reply> script) {
        return start(ServerSocketFactory.getDefault(), "http", script);
    }

    static ScriptedRegistry start(ServerSocketFactory factory, String scheme, Function<Request, Reply> script) {
        try {
            return new ScriptedRegistry(factory, scheme, script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the script for the requests that follow. */
    public void script(Function<Request, Reply> next) {
        script = next;
    }

    /** Returns the address. */
    public String url() {
        return url("127.0.0.1");
    }

    String url(String host) {
        return scheme + "://" + host + ":" + listening.getLocalPort();
    }

    /** Returns the requests so far. */
    public List<Request> requests() {
        return requests;
    }

    /** An answer of a registry. */
    public static Reply json(int status, String body) {
        return text(status, "application/vnd.schemaregistry.v1+json", body);
    }

    /** An error of a registry. */
    public static Reply error(int status, int code, String message) {
        return json(status, "{\"error_code\":" + code + ",\"message\":\"" + message + "\"}");
    }

    static Reply text(int status, String type, String body, String... headers) {
        byte[] bytes = body.getBytes(UTF_8);
        StringBuilder head = new StringBuilder(
                "HTTP/1.1 " + status + " x\r\nContent-Type: " + type + "\r\nContent-Length: " + bytes.length + "\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(ISO_8859_1);
        return (out, closed) -> {
            out.write(start);
            out.write(bytes);
            out.flush();
            return true;
        };
    }

    /** Ends in the middle of the body. */
    static Reply cut() {
        return (out, closed) -> {
            out.write("HTTP/1.1 200 x\r\nContent-Length: 100\r\n\r\n{\"id\":".getBytes(ISO_8859_1));
            out.flush();
            return false;
        };
    }

    /** Says nothing until the server is closed. */
    static Reply silence() {
        return (out, closed) -> {
            closed.await();
            return false;
        };
    }

    /** Sends the body byte by byte, without an end. */
    static Reply drip() {
        return (out, closed) -> {
            out.write("HTTP/1.1 200 x\r\nContent-Length: 1000000\r\n\r\n".getBytes(ISO_8859_1));
            do {
                out.write(' ');
                out.flush();
            } while (!closed.await(20, TimeUnit.MILLISECONDS));
            return false;
        };
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                open.add(socket);
                daemon(() -> serve(socket));
            } catch (IOException e) {
                // It is closed, or a client has gone again.
                continue;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            for (Request request = read(in); request != null; request = read(in)) {
                requests.add(request);
                if (!script.apply(request).write(out, closed)) {
                    return;
                }
            }
        } catch (IOException | InterruptedException e) {
            // The client has gone, or the test is over.
            return;
        } finally {
            open.remove(socket);
        }
    }

    private static @Nullable Request read(InputStream in) throws IOException {
        String first = line(in);
        if (first.isEmpty()) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String[] parts = first.split(" ", -1);
        return new Request(parts[0], parts[1], headers, new String(in.readNBytes(length), UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int each = in.read(); each >= 0 && each != '\n'; each = in.read()) {
            if (each != '\r') {
                line.append((char) each);
            }
        }
        return line.toString();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "scripted-registry");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
