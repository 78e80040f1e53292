// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Servers that speak TLS with certificates as a test wants them; a handshake is all that happens there. */
final class Certificates {
    private static final String PASSWORD = "changeit";
    private static final char[] SECRET = PASSWORD.toCharArray();

    private Certificates() {}

    /** A certificate in a store, and the CA that has signed it in another one. */
    static Path store(Path folder, String name, String subjectNames, String begin, String days) throws Exception {
        Path both = folder.resolve(name + "-both.p12");
        keytool(both, "-alias", "ca", "-dname", "CN=ca of " + name, "-ext", "bc:c");
        keytool(
                both,
                "-alias",
                "broker",
                "-signer",
                "ca",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=" + subjectNames,
                "-startdate",
                begin,
                "-validity",
                days);
        KeyStore made = load(both);
        KeyStore broker = empty();
        broker.setKeyEntry("broker", made.getKey("broker", SECRET), SECRET, made.getCertificateChain("broker"));
        KeyStore ca = empty();
        ca.setCertificateEntry("ca", made.getCertificate("ca"));
        save(ca, authority(folder.resolve(name + ".p12")));
        return save(broker, folder.resolve(name + ".p12"));
    }

    private static void keytool(Path store, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(file.toFile(), SECRET);
    }

    private static Path save(KeyStore store, Path file) throws IOException, GeneralSecurityException {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, SECRET);
        }
        return file;
    }

    private static Path authority(Path store) {
        return store.resolveSibling("ca-" + store.getFileName());
    }

    /** The keys with which a client trusts the CA of a store. */
    static List<String> trusting(Path store) {
        return List.of(
                "ssl.truststore.location=" + authority(store),
                "ssl.truststore.type=PKCS12",
                "ssl.truststore.password=" + PASSWORD);
    }

    /** A server that shakes hands with everybody who believes it. */
    static SSLServerSocket serve(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = load(store);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, SECRET);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        SSLServerSocket server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> accept(server), "tls-server");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private static void accept(SSLServerSocket server) {
        List<SSLSocket> open = new ArrayList<>();
        while (!server.isClosed()) {
            try {
                SSLSocket client = (SSLSocket) server.accept();
                open.add(client);
                client.startHandshake();
            } catch (IOException e) {
                // the client does not believe it, or the test is over
            }
        }
        open.forEach(Certificates::close);
    }

    private static void close(SSLSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
