// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A schema registry whose answers a test sets, on a free port of 127.0.0.1; what is not set is not found. */
final class StubRegistry implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private record Answer(int status, String body) {}

    /** What was asked, {@code GET /subjects}, without the query. */
    record Request(String call, String body, @Nullable String authorization) {}

    StubRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    StubRegistry answer(String call, int status, String body) {
        answers.put(call, new Answer(status, body));
        return this;
    }

    /** Has a schema as a version of a subject, and as the latest one. */
    StubRegistry has(String subject, int version, int id, String type, String text, String further)
            throws JsonProcessingException {
        ObjectNode schema = MAPPER.createObjectNode()
                .put("subject", subject)
                .put("version", version)
                .put("id", id)
                .put("schemaType", type)
                .put("schema", text);
        schema.setAll((ObjectNode) MAPPER.readTree(further));
        String body = schema.toString();
        return answer("GET /subjects/" + subject + "/versions/" + version, 200, body)
                .answer("GET /subjects/" + subject + "/versions/latest", 200, body)
                .answer("GET /schemas/ids/" + id, 200, body);
    }

    List<Request> requests() {
        return requests;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String call =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
        requests.add(new Request(
                call,
                new String(exchange.getRequestBody().readAllBytes(), UTF_8),
                exchange.getRequestHeaders().getFirst("Authorization")));
        Answer answer = answers.getOrDefault(call, new Answer(404, "{\"error_code\":40401,\"message\":\"not found\"}"));
        byte[] body = answer.body().getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
