// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static io.kurier.core.CredentialsFile.LETTERS;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.kurier.Publisher;
import io.kurier.RotationException;
import io.kurier.broker.LocalBroker;
import io.kurier.core.internal.publisher.LogCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** New key stores, by {@code rotate()} and by {@code reload.files}, on a broker that asks for certificates of clients. */
@Timeout(120)
class KeyStoreRotationTest {
    @TempDir
    private static Path ofBroker;

    private static ClientCertificate first;
    private static ClientCertificate second;
    private static LocalBroker broker;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        first = ClientCertificate.of(ofBroker, "first");
        second = ClientCertificate.of(ofBroker, "second");
        ClientCertificate admin = ClientCertificate.of(ofBroker, "admin");
        Files.writeString(ofBroker.resolve("admin.pem"), admin.pem());
        broker = LocalBroker.builder()
                .tls()
                .property("listener.name.client.ssl.client.auth", "required")
                .property("listener.name.client.ssl.truststore.type", "PKCS12")
                .property(
                        "listener.name.client.ssl.truststore.location",
                        ClientCertificate.trust(ofBroker.resolve("trust.p12"), first, second, admin)
                                .toString())
                .property("listener.name.client.ssl.truststore.password", ClientCertificate.PASSWORD)
                .property("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                .property("allow.everyone.if.no.acl.found", "true")
                .property("super.users", "User:CN=admin;User:kurier-broker")
                .start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void picksUpAPemFileAndRefusesOneThatIsHalfWritten() throws Exception {
        Path pem = Files.writeString(folder.resolve("client.pem"), first.pem());
        try (Publisher publisher = file("pem", pem, "PEM").start()) {
            publish(publisher);
            Files.writeString(pem, second.pem().substring(0, second.pem().length() / 2));

            assertThat(refusal(publisher))
                    .startsWith(
                            "the credentials were not rotated, and the old ones stay in use: Kafka's producer cannot"
                                    + " be made: ")
                    .doesNotContain(second.pem().substring(30, 60));
            publish(publisher);

            Files.writeString(pem, second.pem());
            publisher.rotate().join();
            assertPublishesAsSecond(publisher);
        }
    }

    @Test
    void picksUpAPkcs12File() throws Exception {
        Path store = Files.write(folder.resolve("client.p12"), first.pkcs12());
        CredentialsFile file = file("pkcs12", store, "PKCS12")
                .set(Map.of(
                        "ssl.keystore.password",
                        ClientCertificate.PASSWORD,
                        "ssl.key.password",
                        ClientCertificate.PASSWORD));
        try (Publisher publisher = file.start()) {
            publish(publisher);
            Files.write(store, second.pkcs12());

            publisher.rotate().join();

            assertPublishesAsSecond(publisher);
        }
    }

    @Test
    void followsAFileThatIsWrittenInPartsWithoutACall() throws Exception {
        Path pem = Files.writeString(folder.resolve("client.pem"), first.pem());
        CredentialsFile file =
                file("watched", pem, "PEM").set(Map.of("reload.files", "true", "reload.files.interval.ms", "20"));
        try (Publisher publisher = file.start();
                LogCapture log = new LogCapture()) {
            publish(publisher);
            Files.writeString(pem, second.pem().substring(0, second.pem().length() / 2));
            await().until(() -> !log.warnings("were not rotated").isEmpty());
            publish(publisher);

            Files.writeString(pem, second.pem());

            await().until(() -> log.text().contains("Credentials rotated"));
            assertPublishesAsSecond(publisher);
        }
    }

    @Test
    void followsALinkWhoseTargetIsExchangedAndNoTouch() throws Exception {
        Path old = Files.createDirectory(folder.resolve("..data-1"));
        Path next = Files.createDirectory(folder.resolve("..data-2"));
        Files.writeString(old.resolve("client.pem"), first.pem());
        Files.writeString(next.resolve("client.pem"), second.pem());
        Path data = Files.createSymbolicLink(folder.resolve("..data"), old);
        CredentialsFile file = file("linked", data.resolve("client.pem"), "PEM")
                .set(Map.of("reload.files", "true", "reload.files.interval.ms", "20"));
        try (Publisher publisher = file.start();
                LogCapture log = new LogCapture()) {
            publish(publisher);
            Files.setLastModifiedTime(file.path(), FileTime.from(Instant.EPOCH));
            exchange(data, next);

            await().until(() -> log.text().contains("Credentials rotated"));
            assertPublishesAsSecond(publisher);
            assertThat(log.text().split("Credentials rotated", -1)).hasSize(2);
        }
    }

    /** As Kubernetes does with a mounted secret. */
    private static void exchange(Path link, Path target) throws IOException {
        Path made = Files.createSymbolicLink(link.resolveSibling("..data_tmp"), target);
        Files.move(made, link, StandardCopyOption.ATOMIC_MOVE);
    }

    private CredentialsFile file(String topic, Path store, String type) {
        return new CredentialsFile(folder, broker.clientProperties(), topic)
                .set(Map.of("ssl.keystore.location", store.toString(), "ssl.keystore.type", type));
    }

    private static void publish(Publisher publisher) {
        assertThat(publisher.publish(LETTERS, "k", "v").join().hasOffset()).isTrue();
    }

    private static void assertPublishesAsSecond(Publisher publisher) {
        Map<String, String> admin = broker.clientProperties();
        admin.put("ssl.keystore.location", ofBroker.resolve("admin.pem").toString());
        admin.put("ssl.keystore.type", "PEM");
        try (Denial ofFirst = new Denial(admin, "CN=first")) {
            publish(publisher);
        }
    }

    private static String refusal(Publisher publisher) {
        Throwable cause = requireNonNull(catchThrowableOfType(
                        CompletionException.class, () -> publisher.rotate().join())
                .getCause());
        assertThat(cause).isInstanceOf(RotationException.class);
        return String.valueOf(cause.getMessage());
    }
}
