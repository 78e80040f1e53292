// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keytool makes, how it is kept, and what is said when it cannot be made. */
class CertificateTest {

    @TempDir
    Path folder;

    @Test
    void isForThisMachineOnlyAndForYears() throws Exception {
        Certificate made = Certificate.in(folder);

        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(made.pem().getBytes(StandardCharsets.US_ASCII)));
        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactlyInAnyOrder("127.0.0.1", "localhost");
        certificate.checkValidity(Date.from(Instant.now().plus(9 * 365, ChronoUnit.DAYS)));
    }

    @Test
    void isTheSameAgainInTheSameDirectoryAndAnotherOneElsewhere() throws Exception {
        Certificate made = Certificate.in(folder);

        assertThat(Certificate.in(folder)).isEqualTo(made);
        assertThat(Certificate.in(Files.createDirectory(folder.resolve("other")))
                        .pem())
                .isNotEqualTo(made.pem());
    }

    @Test
    void isKeptInOneFileForItsOwnersEyesOnly() throws Exception {
        assumeTrue(
                folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
                "this file system has no permissions of POSIX");

        Certificate made = Certificate.in(folder);

        assertThat(folder.toFile().list()).containsExactly("tls.pem");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.file())))
                .isEqualTo("rw-------");
        assertThat(made.pem()).doesNotContain("PRIVATE");
    }

    @Test
    void isMadeOverWhatAnInterruptedStartHasLeft() throws Exception {
        Files.writeString(folder.resolve("tls.pem.p12"), "half a key store");
        Files.writeString(folder.resolve("tls.pem.new"), "half a key");

        assertThat(Certificate.in(folder).pem()).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(folder.toFile().list()).containsExactly("tls.pem");
    }

    @Test
    void needsAKeytool() {
        Path missing = folder.resolve("bin/keytool");

        assertThatExceptionOfType(BrokerStartException.class)
                .isThrownBy(() -> Certificate.in(folder, missing))
                .withMessageContaining(missing.toString())
                .withMessageContaining("use a full JDK, or a broker without tls()");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void tellsWhatKeytoolSaysWhenItFails() throws Exception {
        // taken for a keytool, java does not know its arguments
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");

        assertThatExceptionOfType(BrokerStartException.class)
                .isThrownBy(() -> Certificate.in(folder, java))
                .withMessageContaining("could not make the broker's certificate")
                .withMessageContaining("-genkeypair")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void saysSoWhenTheFileIsDamaged() throws Exception {
        Files.writeString(folder.resolve("tls.pem"), "-----BEGIN NOTHING");

        assertThatExceptionOfType(BrokerStartException.class)
                .isThrownBy(() -> LocalBroker.builder()
                        .tls()
                        .directory(marked(folder))
                        .start()
                        .close())
                .withMessageContaining("tls.pem")
                .withMessageContaining("delete it");
    }

    /** So that it looks like a broker's. */
    private static Path marked(Path folder) throws Exception {
        Files.createFile(folder.resolve(".kurier-broker"));
        return folder;
    }
}
