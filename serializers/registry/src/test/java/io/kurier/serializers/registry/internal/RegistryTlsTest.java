// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import static io.kurier.serializers.registry.internal.Clients.client;
import static io.kurier.serializers.registry.internal.Clients.failure;
import static io.kurier.serializers.registry.internal.ScriptedRegistry.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS with certificates that the JDK's keytool makes for the test. The server's is for "localhost" only. */
@Timeout(120)
class RegistryTlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificate("server", "-ext", "san=dns:localhost");
        certificate("client");
    }

    private static void certificate(String name, String... more) throws Exception {
        List<String> make = new ArrayList<>(List.of(
                "-genkeypair", "-alias", name, "-dname", "CN=" + name, "-keyalg", "EC", "-keystore", store(name)));
        make.addAll(List.of(more));
        keytool(make);
        keytool(List.of("-exportcert", "-rfc", "-alias", name, "-keystore", store(name), "-file", pem(name)));
        keytool(List.of(
                "-importcert", "-noprompt", "-alias", name, "-keystore", store("of-" + name), "-file", pem(name)));
    }

    private static String store(String name) {
        return folder.resolve(name + ".p12").toString();
    }

    private static String pem(String name) {
        return folder.resolve(name + ".pem").toString();
    }

    private static void keytool(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static KeyStore load(String name) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of(store(name)))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static ScriptedRegistry server(boolean mutual) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load("server"), PASSWORD.toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(load("of-client"));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
        ServerSocketFactory plain = context.getServerSocketFactory();
        return ScriptedRegistry.start(mutual ? mutual(plain) : plain, "https", request -> json(200, "[\"a\"]"));
    }

    private static ServerSocketFactory mutual(ServerSocketFactory factory) {
        return new ServerSocketFactory() {
            @Override
            public SSLServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
                SSLServerSocket socket = (SSLServerSocket) factory.createServerSocket(port, backlog, address);
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setNeedClientAuth(true);
                socket.setSSLParameters(parameters);
                return socket;
            }

            @Override
            public SSLServerSocket createServerSocket(int port) {
                throw new UnsupportedOperationException();
            }

            @Override
            public SSLServerSocket createServerSocket(int port, int backlog) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private static final String PREFIX = "schema.registry.ssl.";

    private static String[] trusting(String... more) {
        List<String> keys = new ArrayList<>(List.of(
                PREFIX + "truststore.location",
                store("of-server"),
                PREFIX + "truststore.type",
                "PKCS12",
                PREFIX + "truststore.password",
                PASSWORD,
                "max.retries",
                "0"));
        keys.addAll(List.of(more));
        return keys.toArray(String[]::new);
    }

    @Test
    void trustsTheCertificateOfAStoreForItsHostOnly() throws Exception {
        try (ScriptedRegistry server = server(false)) {
            try (RegistryClient client = client(server.url("localhost"), trusting())) {
                assertThat(client.subjects().join()).containsExactly("a");
            }
            try (RegistryClient client = client(server.url("127.0.0.1"), trusting())) {
                RegistryException failure = failure(client.subjects());
                assertThat(failure).hasMessageContaining("TLS with " + server.url("127.0.0.1") + " failed");
                assertThat(failure).hasMessageContaining("subject alternative names");
                assertThat(failure.isRetriable()).isFalse();
            }
            try (RegistryClient client = client(server.url("localhost"), "max.retries", "0")) {
                assertThat(failure(client.subjects())).hasMessageContaining("unable to find valid certification path");
            }
        }
    }

    @Test
    void trustsACertificateInPem() throws Exception {
        try (ScriptedRegistry server = server(false)) {
            String certificate = Files.readString(Path.of(pem("server")));
            try (RegistryClient client =
                    client(server.url("localhost"), PREFIX + "truststore.certificates", certificate)) {
                assertThat(client.subjects().join()).containsExactly("a");
            }
            try (RegistryClient client = client(
                    server.url("localhost"),
                    PREFIX + "truststore.type",
                    "PEM",
                    PREFIX + "truststore.location",
                    pem("server"))) {
                assertThat(client.subjects().join()).containsExactly("a");
            }
        }
    }

    @Test
    void showsItsOwnCertificate() throws Exception {
        try (ScriptedRegistry server = server(true)) {
            try (RegistryClient client = client(server.url("localhost"), trusting())) {
                assertThat(failure(client.subjects()).status()).isEqualTo(RegistryException.NO_ANSWER);
            }
            try (RegistryClient client = client(
                    server.url("localhost"),
                    trusting(
                            PREFIX + "keystore.location",
                            store("client"),
                            PREFIX + "keystore.type",
                            "PKCS12",
                            PREFIX + "keystore.password",
                            PASSWORD))) {
                assertThat(client.subjects().join()).containsExactly("a");
            }
            String key = "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder()
                            .encodeToString(load("client")
                                    .getKey("client", PASSWORD.toCharArray())
                                    .getEncoded())
                    + "\n-----END PRIVATE KEY-----\n";
            try (RegistryClient client = client(
                    server.url("localhost"),
                    trusting(
                            PREFIX + "keystore.key",
                            key,
                            PREFIX + "keystore.certificate.chain",
                            Files.readString(Path.of(pem("client")))))) {
                assertThat(client.subjects().join()).containsExactly("a");
            }
        }
    }
}
