// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kurier.serializers.internal.Json;
import io.kurier.serializers.registry.internal.SchemaReference;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A schema registry in memory, which counts requests and can fail. */
final class TestRegistry implements AutoCloseable {
    private static final String UNKNOWN = "{\"error_code\":40403,\"message\":\"Schema not found\"}";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Version> versions = new CopyOnWriteArrayList<>();
    private final Map<String, String> ruleSets = new LinkedHashMap<>();
    private volatile long nextId = 1;
    private volatile boolean givesGuids;
    private volatile boolean registersWithIdOnly;
    private volatile @Nullable Failure failure;
    private volatile CountDownLatch held = new CountDownLatch(0);

    private record Failure(int status, String body) {}

    private record Version(
            String subject, int number, long id, String type, String text, List<SchemaReference> references) {}

    TestRegistry() {
        this(0);
    }

    TestRegistry(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Lets the next schema have an id. */
    TestRegistry next(long id) {
        nextId = id;
        return this;
    }

    TestRegistry withGuids() {
        givesGuids = true;
        return this;
    }

    TestRegistry registeringWithTheIdOnly() {
        registersWithIdOnly = true;
        return this;
    }

    /** Gives all schemas of a subject a rule set. */
    void rules(String subject, String ruleSet) {
        ruleSets.put(subject, ruleSet);
    }

    static String rule(String name, String mode, boolean disabled) {
        return "{\"domainRules\":[{\"name\":\"" + name + "\",\"kind\":\"TRANSFORM\",\"mode\":\"" + mode
                + "\",\"type\":\"ENCRYPT\",\"disabled\":" + disabled + "}]}";
    }

    /** Answers each request with a failure; until {@link #recover}. */
    void fail(int status, String body) {
        failure = new Failure(status, body);
    }

    void recover() {
        failure = null;
    }

    /** Does not answer until {@link #release}. */
    void hold() {
        held = new CountDownLatch(1);
    }

    void release() {
        held.countDown();
    }

    /** Returns the requests as method and path, in their order. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** Returns the number of versions of a subject. */
    int versions(String subject) {
        return of(subject).size();
    }

    String text(String subject, int version) {
        return of(subject).get(version - 1).text();
    }

    List<SchemaReference> references(String subject, int version) {
        return of(subject).get(version - 1).references();
    }

    /** Registers a schema, as another client does; returns its id. */
    synchronized long register(String subject, String type, String text, SchemaReference... references) {
        Version same = find(subject, type, text, List.of(references));
        if (same != null) {
            return same.id();
        }
        long id = versions.stream()
                .filter(each -> each.type().equals(type) && each.text().equals(text))
                .map(Version::id)
                .findFirst()
                .orElseGet(() -> nextId++);
        versions.add(new Version(subject, of(subject).size() + 1, id, type, text, List.of(references)));
        return id;
    }

    private List<Version> of(String subject) {
        return versions.stream().filter(each -> each.subject().equals(subject)).toList();
    }

    private @Nullable Version find(String subject, String type, String text, List<SchemaReference> references) {
        return of(subject).stream()
                .filter(each -> each.type().equals(type)
                        && isSame(type, each.text(), text)
                        && each.references().equals(references))
                .findFirst()
                .orElse(null);
    }

    private static boolean isSame(String type, String one, String other) {
        return type.equals("PROTOBUF")
                ? one.equals(other)
                : Json.sorted(Json.parse(one)).equals(Json.sorted(Json.parse(other)));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            requests.add(exchange.getRequestMethod() + " " + URLDecoder.decode(path, UTF_8));
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            held.await();
            Failure failing = failure;
            Failure answer =
                    failing == null ? answer(exchange, path.substring(1).split("/"), body) : failing;
            byte[] bytes = answer.body().getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Failure answer(HttpExchange exchange, String[] path, String body) {
        String second = URLDecoder.decode(path[1], UTF_8);
        if (path[0].equals("schemas")) {
            String wanted = path[2];
            return versions.stream()
                    .filter(each -> second.equals("ids")
                            ? String.valueOf(each.id()).equals(wanted)
                            : guid(each).toString().equals(wanted))
                    .findFirst()
                    .map(each -> new Failure(200, json(each, false)))
                    .orElse(new Failure(404, UNKNOWN));
        }
        if (exchange.getRequestMethod().equals("POST")) {
            return post(second, path.length > 2, body);
        }
        List<Version> known = of(second);
        if (known.isEmpty()) {
            return new Failure(404, "{\"error_code\":40401,\"message\":\"Subject not found\"}");
        }
        if (path.length == 3) {
            return new Failure(200, known.stream().map(Version::number).toList().toString());
        }
        int number = path[3].equals("latest") ? known.size() : Integer.parseInt(path[3]);
        return new Failure(200, json(known.get(number - 1), true));
    }

    private Failure post(String subject, boolean register, String body) {
        Map<?, ?> members = (Map<?, ?>) Json.parse(body);
        String type = members.get("schemaType") instanceof String set ? set : "AVRO";
        String text = String.valueOf(members.get("schema"));
        List<SchemaReference> references = new ArrayList<>();
        if (members.get("references") instanceof List<?> listed) {
            for (Object each : listed) {
                Map<?, ?> reference = (Map<?, ?>) each;
                references.add(new SchemaReference(
                        String.valueOf(reference.get("name")),
                        String.valueOf(reference.get("subject")),
                        reference.get("version") instanceof Json.Num version ? Integer.parseInt(version.digits()) : 0));
            }
        }
        if (register) {
            long id = register(subject, type, text, references.toArray(SchemaReference[]::new));
            if (registersWithIdOnly) {
                return new Failure(200, "{\"id\":" + id + "}");
            }
        }
        Version found = find(subject, type, text, references);
        return found == null ? new Failure(404, UNKNOWN) : new Failure(200, json(found, true));
    }

    private String json(Version version, boolean whole) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (whole) {
            members.put("subject", version.subject());
            members.put("version", new Json.Num(String.valueOf(version.number())));
        }
        members.put("id", new Json.Num(String.valueOf(version.id())));
        if (givesGuids) {
            members.put("guid", guid(version).toString());
        }
        if (!version.type().equals("AVRO")) {
            members.put("schemaType", version.type());
        }
        members.put("schema", version.text());
        if (!version.references().isEmpty()) {
            members.put(
                    "references",
                    version.references().stream()
                            .map(each -> Map.of(
                                    "name", each.name(),
                                    "subject", each.subject(),
                                    "version", new Json.Num(String.valueOf(each.version()))))
                            .collect(Collectors.toList()));
        }
        String rules = ruleSets.get(version.subject());
        if (rules != null) {
            members.put("ruleSet", Json.parse(rules));
        }
        return Json.compact(members);
    }

    private static UUID guid(Version version) {
        return UUID.nameUUIDFromBytes(("guid " + version.text()).getBytes(UTF_8));
    }

    @Override
    public void close() {
        release();
        server.stop(0);
        threads.shutdownNow();
    }
}
