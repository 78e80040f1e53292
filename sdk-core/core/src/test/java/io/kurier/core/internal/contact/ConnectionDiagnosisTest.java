// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.contact;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.kurier.StartException;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import io.kurier.core.Kurier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The mistakes of a first configuration, each with the likely cause and the key that the error must name. Those that take
 * the six seconds until no broker has answered run at the same time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class ConnectionDiagnosisTest {
    private static final Topic<String, String> ORDERS = Topic.of("orders", String.class, String.class);

    /** The promise is six seconds; the machine may be busy. */
    private static final Duration LONGEST = Duration.ofSeconds(25);

    private static final int MOST_TRIES = 5;

    private static final String LOGIN =
            "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"milena\" password=\"ink\";";

    private final List<AutoCloseable> open = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Mistake> mistakes = new LinkedHashMap<>();

    @TempDir
    private static Path folder;

    /** What a start said, and how long it took. */
    private record Said(String message, Duration time) {}

    /** A configuration, and what its error must say. */
    private record Mistake(List<String> expected, CompletableFuture<Said> said) {}

    @BeforeAll
    void startAll() throws Exception {
        LocalBroker plain = opened(LocalBroker.start());
        LocalBroker tls = opened(LocalBroker.builder().tls().start());
        LocalBroker login = opened(LocalBroker.builder()
                .tls()
                .user("admin", "admin-secret")
                .user("milena", "pen and ink")
                .acls("admin")
                .start());
        int closed = closedPort();
        LocalBroker hidden = opened(LocalBroker.builder().advertisedPort(closed).start());
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.start();
        open.add(() -> http.stop(0));
        ServerSocket silent = opened(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Path sound = Certificates.store(folder, "sound", "ip:127.0.0.1,dns:localhost", "-1d", "10");
        Path expired = Certificates.store(folder, "expired", "ip:127.0.0.1,dns:localhost", "-10d", "5");
        Path foreign = Certificates.store(folder, "foreign", "dns:kafka.example.com", "-1d", "10");
        SSLServerSocket soundServer = opened(Certificates.serve(sound));
        SSLServerSocket expiredServer = opened(Certificates.serve(expired));
        SSLServerSocket foreignServer = opened(Certificates.serve(foreign));

        // Those that are answered come first, one after the other: a busy machine has more time for each.
        answered(
                "a log-in against none",
                plain.bootstrapServers(),
                List.of(
                        "security.protocol=SASL_PLAINTEXT",
                        "sasl.mechanism=SCRAM-SHA-512",
                        "sasl.jaas.config=" + LOGIN),
                "security.protocol (kurier.properties:4)",
                "Set security.protocol=PLAINTEXT");
        answered(
                "no CA",
                at(soundServer),
                List.of("security.protocol=SSL"),
                "ssl.truststore.location (not set): the certificate of the brokers is not signed by an authority that is"
                        + " trusted");
        answered(
                "a wrong CA",
                at(soundServer),
                with(Certificates.trusting(foreign), "security.protocol=SSL"),
                "ssl.truststore.location (kurier.properties:4): the certificate of the brokers is not signed by an"
                        + " authority that is trusted");
        answered(
                "a wrong host name",
                at(foreignServer),
                with(Certificates.trusting(foreign), "security.protocol=SSL"),
                "bootstrap.servers (kurier.properties:1): the certificate of the brokers is for other host names",
                "ssl.endpoint.identification.algorithm");
        answered(
                "an expired certificate",
                at(expiredServer),
                with(Certificates.trusting(expired), "security.protocol=SSL"),
                "bootstrap.servers (kurier.properties:1): the certificate of the brokers has expired");
        answered(
                "a wrong mechanism",
                login.bootstrapServers(),
                with(
                        trust(login.clientProperties("admin")),
                        "security.protocol=SASL_SSL",
                        "sasl.mechanism=PLAIN",
                        "sasl.jaas.config=" + LOGIN.replace("scram.Scram", "plain.Plain")),
                "sasl.mechanism (kurier.properties:7): the brokers do not offer the mechanism PLAIN",
                "SCRAM-SHA-512");
        answered(
                "a log-in that is not set",
                login.bootstrapServers(),
                with(trust(login.clientProperties("admin")), "security.protocol=SASL_SSL", "sasl.mechanism=PLAIN"),
                "security.protocol (kurier.properties:6) asks for a log-in, and sasl.jaas.config is not set");
        answered(
                "a wrong password",
                login.bootstrapServers(),
                with(
                        trust(login.clientProperties("admin")),
                        "security.protocol=SASL_SSL",
                        "sasl.mechanism=SCRAM-SHA-512",
                        "sasl.jaas.config=" + LOGIN),
                "sasl.jaas.config (kurier.properties:8): the brokers refuse the log-in by SCRAM-SHA-512");
        answered(
                "a name that does not resolve",
                "kafka.invalid:9092",
                List.of(),
                "bootstrap.servers (kurier.properties:1): the name kafka.invalid cannot be resolved to an address");
        answered(
                "no rights",
                login.bootstrapServers(),
                with(
                        trust(login.clientProperties("milena")),
                        "security.protocol=SASL_SSL",
                        "sasl.mechanism=SCRAM-SHA-512",
                        "sasl.jaas.config=" + LOGIN.replace("\"ink\"", "\"pen and ink\"")),
                "the topic orders is missing, or the principal may not see it",
                "grant DESCRIBE");
        unanswered("nobody listens", "127.0.0.1:" + closed, List.of(), "nothing listens at 127.0.0.1:" + closed);
        unanswered(
                "plain against TLS",
                tls.bootstrapServers(),
                List.of("security.protocol=PLAINTEXT"),
                "asks for TLS and no log-in, and security.protocol (kurier.properties:4) is PLAINTEXT;"
                        + " set security.protocol=SSL");
        unanswered(
                "plain, by default, against TLS with a log-in",
                login.bootstrapServers(),
                List.of(),
                "asks for TLS and a log-in (by SCRAM-SHA-512), and security.protocol, which is not set, is PLAINTEXT;"
                        + " set security.protocol=SASL_SSL, sasl.mechanism and sasl.jaas.config");
        unanswered(
                "TLS against plain",
                plain.bootstrapServers(),
                List.of("security.protocol=SSL"),
                "no TLS and no log-in, and security.protocol (kurier.properties:4) is SSL;"
                        + " set security.protocol=PLAINTEXT");
        unanswered(
                "TLS without a log-in against TLS with one",
                login.bootstrapServers(),
                with(trust(login.clientProperties("admin")), "security.protocol=SSL"),
                "asks for TLS and a log-in (by SCRAM-SHA-512)",
                "set security.protocol=SASL_SSL");
        unanswered(
                "a port of HTTP",
                "127.0.0.1:" + http.getAddress().getPort(),
                List.of(),
                "speaks HTTP and not Kafka's protocol; check the port");
        unanswered(
                "a port that says nothing",
                "127.0.0.1:" + silent.getLocalPort(),
                List.of(),
                "takes connections and answers nothing");
        unanswered(
                "an advertised address that cannot be reached",
                hidden.bootstrapServers(),
                List.of(),
                "the address that it gives to clients cannot be reached: 127.0.0.1:" + closed,
                "advertised.listeners");
    }

    private <T extends AutoCloseable> T opened(T closeable) {
        open.add(closeable);
        return closeable;
    }

    private static List<String> with(List<String> keys, String... more) {
        return Stream.concat(keys.stream(), Stream.of(more)).toList();
    }

    private static List<String> trust(Map<String, String> client) {
        return List.of(
                "ssl.truststore.type=PEM",
                "ssl.truststore.certificates="
                        + requireNonNull(client.get("ssl.truststore.certificates"))
                                .replace("\n", "\\n"));
    }

    private static String at(ServerSocket server) {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Returns a port at which nothing listens: it is taken until the end, so that no other process can. */
    private int closedPort() throws IOException {
        Socket taken = opened(new Socket());
        taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return taken.getLocalPort();
    }

    private void answered(String name, String address, List<String> keys, String... expected) throws IOException {
        Path file = write(name, address, keys);
        mistakes.put(name, new Mistake(List.of(expected), CompletableFuture.completedFuture(start(file))));
    }

    /** On a busy machine it may not be known after six seconds who listens there; then it is tried again. */
    private void unanswered(String name, String address, List<String> keys, String... expected) throws IOException {
        Path file = write(name, address, keys);
        mistakes.put(
                name,
                new Mistake(
                        List.of(expected),
                        CompletableFuture.supplyAsync(
                                () -> {
                                    Said said = start(file);
                                    for (int i = 1;
                                            i < MOST_TRIES && !said.message().contains(expected[0]);
                                            i++) {
                                        said = start(file);
                                    }
                                    return said;
                                },
                                threads)));
    }

    private static Path write(String name, String address, List<String> keys) throws IOException {
        Path home = Files.createDirectory(folder.resolve(name.replace(' ', '-')));
        List<String> lines = new ArrayList<>(
                List.of("bootstrap.servers=" + address, "topics=orders", "topics.orders.value.serializer=text"));
        lines.addAll(keys);
        return Files.write(home.resolve("kurier.properties"), lines);
    }

    private static Said start(Path file) {
        long begin = System.nanoTime();
        StartException refused = requireNonNull(catchThrowableOfType(
                StartException.class, () -> Kurier.start(file, ORDERS).close()));
        return new Said(requireNonNull(refused.getMessage()), Duration.ofNanos(System.nanoTime() - begin));
    }

    Stream<Arguments> all() {
        return mistakes.entrySet().stream().map(each -> Arguments.of(each.getKey(), each.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void namesTheLikelyCauseAndTheKey(String name, Object mistake) {
        Mistake made = (Mistake) mistake;
        Said said = made.said().join();
        assertThat(said.message()).contains(made.expected()).doesNotContain("\"ink\"", "pen and ink");
        assertThat(said.time()).isLessThan(LONGEST);
    }

    @AfterAll
    void closeAll() throws Exception {
        threads.shutdownNow();
        for (AutoCloseable each : open) {
            each.close();
        }
    }
}
