// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The key and the self-signed certificate of a broker with TLS, kept in its directory so that clients trust it again
 * after a restart.
 *
 * <p>The JDK's {@code keytool} creates them, because Java has no public API for creating a certificate. They are kept
 * as PEM without a password, since a password would have to be stored beside them. On file systems with POSIX
 * permissions only the owner may read the file.
 *
 * @param file the PEM file with both, which Kafka's broker reads
 * @param pem the certificate alone, which clients trust
 */
record Certificate(Path file, String pem) {
    private static final String NAME = "tls.pem";
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String ALIAS = "broker";
    private static final String PASSWORD = "KURIER_BROKER_STOREPASS";
    private static final int KEYTOOL_SECONDS = 60;

    /** Returns the certificate of the directory; creates it if it is missing. */
    static Certificate in(Path directory) throws InterruptedException {
        return in(directory, Path.of(System.getProperty("java.home"), "bin", "keytool"));
    }

    static Certificate in(Path directory, Path keytool) throws InterruptedException {
        Path file = directory.resolve(NAME);
        try {
            if (!Files.exists(file)) {
                make(file, keytool);
            }
            String both = Files.readString(file, StandardCharsets.US_ASCII);
            int begin = both.indexOf(BEGIN);
            if (begin < 0) {
                throw new BrokerStartException(
                        "the broker's certificate " + file + " is damaged: delete it, and a new one is made", null);
            }
            return new Certificate(file, both.substring(begin));
        } catch (IOException | GeneralSecurityException e) {
            throw new BrokerStartException(
                    "the broker's certificate " + file + " can be neither read nor made: " + e, e);
        }
    }

    private static void make(Path file, Path keytool)
            throws IOException, GeneralSecurityException, InterruptedException {
        Path store = file.resolveSibling(NAME + ".p12");
        Path written = file.resolveSibling(NAME + ".new");
        // the remains of an interrupted start
        Files.deleteIfExists(store);
        Files.deleteIfExists(written);
        try {
            String password = Password.random();
            run(keytool, store, password);
            KeyStore made = KeyStore.getInstance(store.toFile(), password.toCharArray());
            String both = pem(
                            "PRIVATE KEY",
                            made.getKey(ALIAS, password.toCharArray()).getEncoded())
                    + pem("CERTIFICATE", made.getCertificate(ALIAS).getEncoded());
            Files.createFile(written, forTheOwnerOnly(file));
            Files.writeString(written, both, StandardCharsets.US_ASCII);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(store);
        }
    }

    private static FileAttribute<?>[] forTheOwnerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + type
                + "-----\n";
    }

    private static void run(Path keytool, Path store, String password) throws InterruptedException {
        ProcessBuilder command = new ProcessBuilder(List.of(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        // created in milliseconds, where an RSA key takes up to two seconds
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=ip:" + LoopbackSockets.HOST + ",dns:localhost",
                        "-validity",
                        "3650",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        // not as an argument, which every user of the machine can see
                        "-storepass:env",
                        PASSWORD))
                .redirectErrorStream(true);
        command.environment().put(PASSWORD, password);
        // a debugger's port or an agent of this JVM must not apply to another one
        command.environment().remove("JAVA_TOOL_OPTIONS");
        Process process;
        String said;
        try {
            process = command.start();
        } catch (IOException e) {
            throw new BrokerStartException(
                    "the broker's certificate is made by the JDK's keytool, which cannot be run: " + e.getMessage()
                            + "; use a full JDK, or a broker without tls()",
                    e);
        }
        try {
            // its output fits into a pipe, so it can end before the output is read
            if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS)) {
                throw new BrokerStartException(
                        keytool + " has not made a certificate in " + KEYTOOL_SECONDS
                                + " s; is the machine overloaded?",
                        null);
            }
            said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            said = e.toString();
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new BrokerStartException(
                    keytool + " could not make the broker's certificate: "
                            + said.strip().replaceAll("\\s+", " "),
                    null);
        }
    }
}
