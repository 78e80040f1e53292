// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A key and a self-signed certificate of a client, by the JDK's keytool.
 *
 * @param pkcs12 the bytes of a key store whose password is {@link #PASSWORD}
 * @param pem key and certificate as PEM
 * @param certificate the certificate alone as PEM
 */
record ClientCertificate(byte[] pkcs12, String pem, String certificate) {
    static final String PASSWORD = "changeit";

    static ClientCertificate of(Path folder, String name) throws Exception {
        Path store = folder.resolve(name + ".made.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "client",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + name,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore made = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        String certificate = pem("CERTIFICATE", made.getCertificate("client").getEncoded());
        String key =
                pem("PRIVATE KEY", made.getKey("client", PASSWORD.toCharArray()).getEncoded());
        return new ClientCertificate(Files.readAllBytes(store), key + certificate, certificate);
    }

    /** Writes a key store that brokers trust these certificates by. */
    static Path trust(Path file, ClientCertificate... clients) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < clients.length; i++) {
            KeyStore one = KeyStore.getInstance("PKCS12");
            one.load(new ByteArrayInputStream(clients[i].pkcs12), PASSWORD.toCharArray());
            store.setCertificateEntry("client-" + i, one.getCertificate("client"));
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + type
                + "-----\n";
    }
}
