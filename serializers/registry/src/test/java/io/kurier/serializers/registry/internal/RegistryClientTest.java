// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import static io.kurier.serializers.registry.internal.Clients.client;
import static io.kurier.serializers.registry.internal.Clients.failure;
import static io.kurier.serializers.registry.internal.ScriptedRegistry.error;
import static io.kurier.serializers.registry.internal.ScriptedRegistry.json;
import static io.kurier.serializers.registry.internal.ScriptedRegistry.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurier.serializers.registry.internal.ScriptedRegistry.Reply;
import io.kurier.serializers.registry.internal.ScriptedRegistry.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class RegistryClientTest {
    private static final NewSchema AVRO = new NewSchema("avro", "{\"type\":\"int\"}", List.of());

    private static Function<Request, Reply> inTurn(Reply... replies) {
        Iterator<Reply> next = List.of(replies).iterator();
        return request -> next.next();
    }

    @Test
    void sendsWhatARegistryExpects() {
        try (ScriptedRegistry server = ScriptedRegistry.start(request -> json(200, "{\"id\":7}"));
                RegistryClient client = client(server.url() + "/apis/ccompat/v7/")) {
            client.register(":.ctx:a/b c+d", AVRO, true).join();
            client.lookup(
                            "p",
                            new NewSchema("protobuf", "x", List.of(new SchemaReference("a.proto", "a.proto", 3))),
                            false)
                    .join();
            client.byId(9, "orders-value").join();

            assertThat(server.requests())
                    .extracting(request -> request.method() + " " + request.path() + " " + request.body())
                    .containsExactly(
                            "POST /apis/ccompat/v7/subjects/%3A.ctx%3Aa%2Fb%20c%2Bd/versions?normalize=true"
                                    + " {\"schema\":\"{\\\"type\\\":\\\"int\\\"}\"}",
                            "POST /apis/ccompat/v7/subjects/p {\"schema\":\"x\",\"schemaType\":\"PROTOBUF\",\"references\":"
                                    + server.requests().get(1).body().replaceAll(".*\"references\":", ""),
                            "GET /apis/ccompat/v7/schemas/ids/9?subject=orders-value ");
            assertThat(server.requests().get(1).body())
                    .contains("\"name\":\"a.proto\"", "\"subject\":\"a.proto\"", "\"version\":3");
            assertThat(server.requests().get(0).headers())
                    .containsEntry("content-type", "application/vnd.schemaregistry.v1+json")
                    .containsEntry("confluent-accept-unknown-properties", "true")
                    .doesNotContainKey("authorization");
        }
    }

    @Test
    void readsWhatARegistryAnswers() {
        String rich = "{\"subject\":\"s\",\"version\":2,\"id\":5,\"guid\":\"89791762-2336-4186-9674-299b90a802e2\","
                + "\"schemaType\":\"JSON\",\"schema\":\"{}\",\"references\":[{\"name\":\"n\",\"subject\":\"t\","
                + "\"version\":4}],\"ruleSet\":{\"domainRules\":[{\"name\":\"hide\",\"mode\":\"WRITE\",\"type\":\"ENCRYPT\"}],"
                + "\"encodingRules\":[{\"name\":\"off\",\"type\":\"CEL\",\"disabled\":true}]},\"more\":null}";
        try (ScriptedRegistry server = ScriptedRegistry.start(request -> json(200, rich));
                RegistryClient client = client(server.url())) {
            StoredSchema schema = client.latest("s").join();

            assertThat(schema)
                    .isEqualTo(new StoredSchema(
                            "s",
                            2,
                            5,
                            UUID.fromString("89791762-2336-4186-9674-299b90a802e2"),
                            "json",
                            "{}",
                            List.of(new SchemaReference("n", "t", 4)),
                            List.of(
                                    new SchemaRule("hide", "TRANSFORM", "WRITE", "ENCRYPT", false),
                                    new SchemaRule("off", "TRANSFORM", "WRITEREAD", "CEL", true))));
            server.script(request -> json(200, "{\"schema\":\"\\\"int\\\"\"}"));
            assertThat(client.byId(3, "").join())
                    .isEqualTo(new StoredSchema(null, 0, 3, null, "avro", "\"int\"", List.of(), List.of()));
            server.script(request -> json(200, "{\"is_compatible\":false,\"messages\":[\"price is missing\"]}"));
            assertThat(client.compatibility("s", AVRO).join())
                    .isEqualTo(new Compatibility(false, List.of("price is missing")));
            server.script(request -> error(404, 40401, "no subject"));
            assertThat(client.compatibility("s", AVRO).join().isCompatible()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void asksAgainAfterWhatMayPass(int status) {
        try (ScriptedRegistry server = ScriptedRegistry.start(
                        inTurn(error(status, 0, "later"), text(status, "text/html", "<p>"), json(200, "[1]")));
                RegistryClient client = client(server.url())) {
            assertThat(client.versions("s").join()).containsExactly(1);
            assertThat(server.requests()).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 422, 501})
    void asksOnlyOnceAfterWhatStays(int status) {
        try (ScriptedRegistry server = ScriptedRegistry.start(request -> error(status, status * 100, "no"));
                RegistryClient client = client(server.url() + ",http://127.0.0.1:1")) {
            assertThat(failure(client.versions("s")).status()).isEqualTo(status);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void triesEachAddressOnceInEachRoundAndStaysWithTheOneThatAnswers() {
        try (ScriptedRegistry one = ScriptedRegistry.start(request -> error(503, 50304, "no leader"));
                ScriptedRegistry two = ScriptedRegistry.start(request -> ScriptedRegistry.cut());
                RegistryClient client = client(one.url() + "," + two.url(), "max.retries", "2")) {
            assertThat(failure(client.subjects()).isRetriable()).isTrue();
            assertThat(one.requests()).hasSize(3);
            assertThat(two.requests()).hasSize(3);

            two.script(request -> json(200, "[]"));
            client.subjects().join();
            int asked = one.requests().size();
            client.subjects().join();
            assertThat(one.requests()).hasSize(asked);
        }
    }

    @Test
    void waitsARandomPartOfADoublingLimit() {
        List<Long> limits = new ArrayList<>();
        try (ScriptedRegistry server = ScriptedRegistry.start(request -> error(500, 50001, "no"));
                RegistryClient client = client(
                        limit -> {
                            limits.add(limit);
                            return 0;
                        },
                        server.url(),
                        "max.retries",
                        "5",
                        "retries.wait.ms",
                        "1000",
                        "retries.max.wait.ms",
                        "5000")) {
            failure(client.subjects());

            assertThat(limits).startsWith(1000L, 2000L, 4000L, 5000L, 5000L);
            assertThat(server.requests()).hasSize(6);
        }
    }

    @Test
    void endsAtOnceIfTheNextWaitWouldPassTheDeadline() {
        try (ScriptedRegistry server =
                        ScriptedRegistry.start(request -> text(429, "text/plain", "", "Retry-After: 3600"));
                RegistryClient client = client(server.url())) {
            assertThat(failure(client.subjects()).status()).isEqualTo(429);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void refusesAnAnswerThatIsTooLong() {
        String longer = "x".repeat(Http.MOST_BYTES + 1);
        try (ScriptedRegistry server = ScriptedRegistry.start(request -> json(200, longer));
                RegistryClient client = client(server.url())) {
            assertThat(failure(client.subjects())).hasMessageContaining("more than 16777216 bytes");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void sendsBasicCredentials() {
        assertThat(authorization("basic.auth.user.info", "alice:s e:cret")).isEqualTo(basic("alice:s e:cret"));
        assertThat(authorization("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "a:b"))
                .isEqualTo(basic("a:b"));
        assertThat(authorization(
                        "basic.auth.credentials.source",
                        "SASL_INHERIT",
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"al\\\"ice\""
                                + " password=\"p;w\";"))
                .isEqualTo(basic("al\"ice:p;w"));
        assertThat(authorization("bearer.auth.token", "abc")).isEqualTo("Bearer abc");
        assertThat(authorization("request.headers", "authorization: Own x, X-Team: blue"))
                .isEqualTo("Own x");
        try (ScriptedRegistry server = ScriptedRegistry.start(request -> json(200, "[]"));
                RegistryClient client = client(server.url().replace("//", "//al%40ice:pw@"))) {
            client.subjects().join();
            assertThat(server.requests().get(0).headers()).containsEntry("authorization", basic("al%40ice:pw"));
            assertThat(client.toString()).isEqualTo(server.url());
        }
    }

    private static String authorization(String... keys) {
        try (ScriptedRegistry server = ScriptedRegistry.start(request -> json(200, "[]"));
                RegistryClient client = client(server.url(), keys)) {
            client.subjects().join();
            return server.requests().get(0).headers().getOrDefault("authorization", "");
        }
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void fetchesATokenOnceAndAnotherOneWhenItIsRefused() {
        AtomicInteger tokens = new AtomicInteger();
        try (ScriptedRegistry issuer = ScriptedRegistry.start(request ->
                        json(200, "{\"access_token\":\"t" + tokens.incrementAndGet() + "\",\"expires_in\":3600}"));
                ScriptedRegistry server = ScriptedRegistry.start(request -> json(200, "[]"));
                RegistryClient client = client(
                        server.url(),
                        "bearer.auth.issuer.endpoint.url",
                        issuer.url() + "/token",
                        "bearer.auth.client.id",
                        "me",
                        "bearer.auth.client.secret",
                        "a b",
                        "bearer.auth.scope",
                        "read write",
                        "bearer.auth.logical.cluster",
                        "lsrc-1",
                        "bearer.auth.identity.pool.id",
                        "pool-1")) {
            CompletableFuture<?> both = CompletableFuture.allOf(client.subjects(), client.subjects());
            both.join();
            client.subjects().join();
            assertThat(issuer.requests()).hasSize(1);
            assertThat(issuer.requests().get(0).body()).isEqualTo("grant_type=client_credentials&scope=read+write");
            assertThat(issuer.requests().get(0).headers()).containsEntry("authorization", basic("me:a+b"));
            assertThat(server.requests().get(0).headers())
                    .containsEntry("authorization", "Bearer t1")
                    .containsEntry("target-sr-cluster", "lsrc-1")
                    .containsEntry("confluent-identity-pool-id", "pool-1");

            server.script(request ->
                    request.headers().getOrDefault("authorization", "").equals("Bearer t1")
                            ? error(401, 40101, "expired")
                            : json(200, "[\"again\"]"));
            assertThat(client.subjects().join()).containsExactly("again");
            assertThat(issuer.requests()).hasSize(2);

            server.script(request ->
                    request.headers().getOrDefault("authorization", "").endsWith(" t2")
                            ? error(401, 40101, "expired")
                            : json(200, "[]"));
            CompletableFuture.allOf(client.subjects(), client.subjects(), client.subjects())
                    .join();
            assertThat(issuer.requests()).hasSize(3);

            server.script(request -> error(401, 40101, "no"));
            assertThat(failure(client.subjects()).status()).isEqualTo(401);
            assertThat(issuer.requests()).hasSize(4);
        }
    }

    @Test
    void saysThatTheTokenServerHasRefused() {
        try (ScriptedRegistry issuer = ScriptedRegistry.start(
                        request -> json(401, "{\"error\":\"invalid_client\",\"error_description\":\"s3cret\"}"));
                RegistryClient client = client(
                        "http://127.0.0.1:1",
                        "bearer.auth.issuer.endpoint.url",
                        issuer.url(),
                        "bearer.auth.client.id",
                        "me",
                        "bearer.auth.client.secret",
                        "s3cret")) {
            assertThat(failure(client.subjects()))
                    .hasMessage("cannot fetch a token for the schema registry: " + issuer.url()
                            + " answered 401 (invalid_client). Check framing.confluent.bearer.auth.client.id, bearer.auth.client.secret and"
                            + " bearer.auth.scope");
        }
    }

    @Test
    void endsRequestsAndThreadsWithTheClient() {
        ScriptedRegistry server = ScriptedRegistry.start(request -> ScriptedRegistry.silence());
        RegistryClient client = client(limit -> limit, server.url());
        CompletableFuture<?> waiting = client.subjects();
        await().until(() -> !server.requests().isEmpty());

        client.close();

        assertThat(failure(waiting).status()).isEqualTo(RegistryException.NO_ANSWER);
        assertThat(failure(client.subjects())).hasMessageContaining("is closed, with the publisher");
        server.close();
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("kurier-registry-")));
    }
}
