// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import static io.kurier.serializers.registry.internal.Clients.client;
import static io.kurier.serializers.registry.internal.Clients.failure;
import static io.kurier.serializers.registry.internal.ScriptedRegistry.error;
import static io.kurier.serializers.registry.internal.ScriptedRegistry.json;
import static io.kurier.serializers.registry.internal.ScriptedRegistry.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kurier.serializers.registry.internal.ScriptedRegistry.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Each error of a registry, in {@code golden/client-errors.txt}. After a change on purpose {@code -Dgolden.update=true}
 * writes the file anew; the difference is for the reviewer.
 */
@Timeout(120)
class RegistryErrorsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/client-errors.txt");
    private static final String SECRET = "hush-hush";
    private static final String PAGE =
            "<html><head><style>p{}</style><title>Sign in</title></head><body><p>Please sign in</p></body></html>";

    private final List<String> lines = new ArrayList<>();

    @Test
    void eachErrorSaysWhoseFaultItIsAndWhatToDo() throws Exception {
        answered("no credentials", error(401, 40101, "Unauthorized"));
        answered("no right", error(403, 40301, "User is denied operation Write on Subject: orders-value"));
        answered("no subject", error(404, 40401, "Subject 'orders-value' not found."));
        answered("no version", error(404, 40402, "Version 3 not found."));
        answered("no schema", error(404, 40403, "Schema not found"));
        answered(
                "incompatible",
                error(
                        409,
                        409,
                        "Schema being registered is incompatible with an earlier schema for subject"
                                + " 'orders-value', details: [{errorType:'READER_FIELD_MISSING_DEFAULT_VALUE',"
                                + " description:'The field 'price' has no default value'}]"));
        answered("invalid schema", error(422, 42201, "Input schema is an invalid Avro schema"));
        answered("read only", error(422, 42205, "Subject orders-value is in read-only mode"));
        answered("too many requests", error(429, 42901, "Too many requests"));
        answered("a time-out of a gateway", error(408, 408, "Request Timeout"));
        answered("store failed", error(500, 50001, "Error in the backend datastore"));
        answered("no leader", error(503, 50304, "Leader not known"));
        answered("time-out of its store", error(504, 50002, "Operation timed out"));
        answered("a proxy's page", text(200, "text/html", PAGE));
        answered("a proxy's page with 401", text(401, "text/html", PAGE));
        answered("a proxy's page with 403", text(403, "text/html", PAGE));
        answered("a proxy's page with 502", text(502, "text/html", "<h1>502 Bad Gateway</h1><hr>nginx"));
        answered("no registry", text(404, "text/html", "<h1>Not Found</h1>"));
        answered("nothing but a status", text(400, "text/plain", ""));
        answered("a redirect", text(302, "text/plain", "", "Location: https://login.example.com/?token=" + SECRET));
        answered("JSON of another shape", json(200, "[1,2]"));
        answered("no id", json(200, "{\"subject\":\"orders-value\"}"));
        answered("a wrong id", json(200, "{\"id\":\"one\"}"));
        answered("half of a JSON text", json(200, "{\"id\":"));
        answered("a cut answer", ScriptedRegistry.cut());
        answered("a silent server", ScriptedRegistry.silence(), "http.read.timeout.ms", "300");
        answered("a server that drips", ScriptedRegistry.drip(), "schema.registry.api.timeout.ms", "400");
        unreachable();
        wrongKeys();

        String all = String.join("\n", lines) + "\n";
        assertThat(all).doesNotContain(SECRET);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, all);
        }
        assertThat(all).isEqualTo(Files.readString(GOLDEN, UTF_8));
    }

    private void answered(String what, Reply reply, String... keys) {
        try (ScriptedRegistry server = ScriptedRegistry.start(request -> reply)) {
            String url = server.url().replace("://", "://alice:" + SECRET + "@") + "/path/";
            List<String> all = new ArrayList<>(List.of("max.retries", "0"));
            all.addAll(List.of(keys));
            try (RegistryClient client = client(url, all.toArray(String[]::new))) {
                NewSchema schema = new NewSchema("avro", "\"int\"", List.of());
                RegistryException failure = failure(client.lookup("orders-value", schema, false));
                add(
                        what,
                        failure.isRetriable(),
                        String.valueOf(failure.getMessage()).replace(server.url(), "http://registry:8081"));
            }
        }
    }

    private void add(String what, boolean retriable, String message) {
        lines.add("# " + what + (retriable ? ", retriable" : ""));
        lines.add(message);
        lines.add("");
    }

    private void unreachable() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        try (RegistryClient client = client("http://127.0.0.1:" + port, "max.retries", "0")) {
            RegistryException failure = failure(client.subjects());
            add(
                    "no server",
                    failure.isRetriable(),
                    String.valueOf(failure.getMessage()).replace("127.0.0.1:" + port, "registry:8081"));
        }
        try (RegistryClient client = client("http://registry.invalid", "max.retries", "0")) {
            RegistryException failure = failure(client.subjects());
            add("an unknown host", failure.isRetriable(), String.valueOf(failure.getMessage()));
        }
    }

    private void wrongKeys() {
        refused("no address", "");
        refused("not HTTP", "ftp://alice:" + SECRET + "@registry");
        refused("a blank in the address", "http://alice:" + SECRET + "@regis try");
        refused("an unknown source", "http://r", "basic.auth.credentials.source", "FILE");
        refused("no user information", "http://r", "basic.auth.credentials.source", "USER_INFO");
        refused("none in the address", "http://r", "basic.auth.credentials.source", "URL");
        refused("no JAAS", "http://r", "basic.auth.credentials.source", "SASL_INHERIT");
        refused(
                "JAAS without a user",
                "http://r",
                "basic.auth.credentials.source",
                "SASL_INHERIT",
                "sasl.jaas.config",
                "org.example.Module required password=\"" + SECRET + "\";");
        refused("two kinds of credentials", "http://alice:" + SECRET + "@r", "bearer.auth.token", SECRET);
        refused("an unknown bearer source", "http://r", "bearer.auth.credentials.source", "UAMI");
        refused("no token", "http://r", "bearer.auth.credentials.source", "STATIC_TOKEN");
        refused("no issuer", "http://r", "bearer.auth.credentials.source", "OAUTHBEARER");
        refused(
                "an issuer without TLS",
                "http://r",
                "bearer.auth.issuer.endpoint.url",
                "http://127.login.example.com/token");
        refused("no client", "http://r", "bearer.auth.issuer.endpoint.url", "https://login.example.com/token");
        refused("a header that cannot be sent", "http://r", "request.headers", "Content-Length: " + SECRET);
        refused("no such store", "https://r", "schema.registry.ssl.truststore.location", "no/such.jks");
        refused("no certificate", "https://r", "schema.registry.ssl.truststore.certificates", SECRET);
    }

    private void refused(String what, String url, String... keys) {
        Throwable thrown = catchThrowable(() -> client(url, keys).close());
        assertThat(thrown).as(what).isInstanceOf(ConfigException.class);
        add(what, false, String.valueOf(thrown.getMessage()));
    }
}
