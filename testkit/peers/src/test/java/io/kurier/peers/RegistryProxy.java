// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands before a registry on 127.0.0.1, records the requests, and itself answers some that Apicurio does not know and
 * Confluent's registry does. Safe for use by any number of threads.
 */
final class RegistryProxy implements AutoCloseable {
    private static final String TYPE = "Content-Type";
    private static final String JSON = "application/vnd.schemaregistry.v1+json";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private volatile boolean fullAnswers;
    private final HttpServer server;
    private final URI target;

    /** Starts one before the interface of Confluent. */
    RegistryProxy(Registry registry) {
        target = URI.create(registry.confluentUrl());
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Returns the address that stands for Confluent's interface. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns all requests so far in their order, each as its method, path and query. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** Answers GET of a path itself, whatever its query, with a body of JSON. */
    void answer(String path, String body) {
        answers.put("GET " + path, body);
    }

    /** Lets the answer to a registration have the schema beside the id, as that of Confluent's registry since 8.0. */
    void answerInFull() {
        fullAnswers = true;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().toString();
            requests.add(method + " " + path);
            byte[] body = exchange.getRequestBody().readAllBytes();
            String own = answers.get(method + " " + exchange.getRequestURI().getRawPath());
            if (own == null) {
                forward(exchange, method, path, body);
            } else {
                send(exchange, 200, own.getBytes(UTF_8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forward(HttpExchange exchange, String method, String path, byte[] body)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(
                HttpRequest.newBuilder(URI.create(target + path))
                        .timeout(Duration.ofMinutes(1))
                        .header(TYPE, JSON)
                        .method(method, BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofByteArray());
        byte[] answer = response.body();
        if (fullAnswers && path.contains("/versions") && method.equals("POST") && response.statusCode() == 200) {
            ObjectNode both = (ObjectNode) MAPPER.readTree(body);
            both.setAll((ObjectNode) MAPPER.readTree(answer));
            answer = both.toString().getBytes(UTF_8);
        }
        send(exchange, response.statusCode(), answer);
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set(TYPE, JSON);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
