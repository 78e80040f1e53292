// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Confluent's interface of a registry on 127.0.0.1 that has one schema, whatever the subject. */
final class ScriptedRegistry implements AutoCloseable {
    static final int ID = 100_001;

    private final AtomicInteger requests = new AtomicInteger();
    private final HttpServer server;
    private final byte[] answer;

    /**
     * Starts one.
     *
     * @param type as registries name it, such as {@code AVRO}
     * @param text the schema
     */
    ScriptedRegistry(String type, String text) {
        ObjectNode schema = new ObjectMapper()
                .createObjectNode()
                .put("subject", "orders-value")
                .put("version", 1)
                .put("id", ID)
                .put("schemaType", type)
                .put("schema", text);
        answer = schema.toString().getBytes(UTF_8);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    /** Returns Kurier's keys that ask it. */
    Map<String, String> keys(String format) {
        String framing = format + ".framing";
        return Map.of(
                framing,
                "confluent",
                framing + ".confluent.schemas",
                "registry",
                framing + ".confluent.schema.registry.url",
                "http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Returns how many requests it has answered. */
    int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
