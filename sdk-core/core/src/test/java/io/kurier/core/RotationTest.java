// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import static io.kurier.core.CredentialsFile.LETTERS;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import io.kurier.DeliveryHandle;
import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Publisher;
import io.kurier.Resolution;
import io.kurier.RotationException;
import io.kurier.broker.LocalBroker;
import io.kurier.core.guice.KurierBinder;
import io.kurier.core.guice.KurierModule;
import io.kurier.core.internal.publisher.LogCapture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code Publisher.rotate()} on a broker with TLS and log-ins. */
@Timeout(120)
class RotationTest {
    private static final LocalBroker BROKER = Denial.broker("first", "second", "changing", "reader");
    private static final String SCRAM =
            "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"changing\" password=\"%s\";";

    @TempDir
    Path folder;

    @AfterAll
    static void stop() {
        BROKER.close();
    }

    @Test
    void publishesAsTheUserThatTheFileNamesNow() {
        CredentialsFile file = file("other-user");
        try (Publisher publisher = file.start()) {
            publish(publisher);
            file.logIn(BROKER, "second");

            publisher.rotate().join();

            try (Denial ofFirst = new Denial(BROKER.clientProperties("admin"), "first")) {
                publish(publisher);
            }
            try (Denial ofSecond = new Denial(BROKER.clientProperties("admin"), "second")) {
                assertThat(failure(publisher.publish(LETTERS, "k", "v")).outcome())
                        .isNotEqualTo(Outcome.UNKNOWN);
            }
        }
    }

    @Test
    void picksUpAPasswordThatAConfigProviderReturns() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.properties"), "password=changing-secret");
        CredentialsFile file = file("provided")
                .set(Map.of(
                        "config.providers",
                        "file",
                        "sasl.jaas.config",
                        SCRAM.formatted("${file:" + secret + ":password}")));
        try (Publisher publisher = file.start()) {
            changePassword("changed-secret");

            assertThat(refusal(publisher))
                    .isEqualTo("the credentials were not rotated, and the old ones stay in use: sasl.jaas.config"
                            + " (kurier.properties:LINE): the brokers refuse the log-in by SCRAM-SHA-512, most likely for"
                            + " its user name or password. Correct them. (Authentication failed during authentication due"
                            + " to invalid credentials with SASL mechanism SCRAM-SHA-512)");
            publish(publisher);

            Files.writeString(secret, "password=changed-secret");
            publisher.rotate().join();
            publish(publisher);
        }
    }

    @Test
    void keepsTheOldProducerWhereTheBrokerIsNotTrusted() throws Exception {
        CredentialsFile file = file("trust");
        try (LocalBroker other = LocalBroker.builder().tls().start();
                Publisher publisher = file.start()) {
            file.set(Map.of(
                    "ssl.truststore.certificates",
                    requireNonNull(other.clientProperties().get("ssl.truststore.certificates"))));

            assertThat(refusal(publisher))
                    .startsWith("the credentials were not rotated, and the old ones stay in use:"
                            + " ssl.truststore.certificates (kurier.properties:LINE): the certificate of the brokers is"
                            + " not signed by an authority that is trusted.");
            publish(publisher);
        }
    }

    @Test
    void keepsTheOldProducerWhereTheFileIsWrong() {
        CredentialsFile file = file("wrong-file");
        try (Publisher publisher = file.start()) {
            file.set(Map.of("sasl.mechanismus", "PLAIN", "ssl.protocol", ""));

            assertThat(refusal(publisher))
                    .startsWith("the credentials were not rotated, and the old ones stay in use: ")
                    .contains("sasl.mechanismus (kurier.properties:LINE): unknown key");
            publish(publisher);
        }
    }

    @Test
    void keepsTheOldProducerWhereTheNewUserMayNotWrite() {
        CredentialsFile file = file("no-write");
        try (Publisher publisher = file.start();
                Denial denial = new Denial(BROKER.clientProperties("admin"), "reader", AclOperation.WRITE)) {
            publisher.rotate().join();
            file.logIn(BROKER, "reader");

            assertThat(refusal(publisher))
                    .isEqualTo(
                            "the credentials were not rotated, and the old ones stay in use: the user may not write to"
                                    + " the topic no-write. Grant WRITE on it.");
            publish(publisher);
        }
    }

    @Test
    void checksATopicThatWasPublishedToWhereTheStartChecksNone() {
        file("unchecked").start().close();
        CredentialsFile file = file("unchecked").set(Map.of("topics.management", "off"));
        try (Publisher publisher = file.start();
                Denial denial = new Denial(BROKER.clientProperties("admin"), "reader")) {
            publisher.rotate().join();
            publish(publisher);
            file.logIn(BROKER, "reader");

            assertThat(refusal(publisher))
                    .isEqualTo(
                            "the credentials were not rotated, and the old ones stay in use: the user may not see the"
                                    + " topic unchecked, or it does not exist. Grant DESCRIBE and WRITE on it.");
            publish(publisher);
        }
    }

    @Test
    void keepsTheOldProducerWhereNoBrokerAnswersAndLogsOneWarning() throws IOException {
        CredentialsFile file = file("no-answer");
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Publisher publisher = file.start();
                LogCapture log = new LogCapture()) {
            file.set(Map.of("bootstrap.servers", "127.0.0.1:" + silent.getLocalPort()));

            assertThat(refusal(publisher)).contains("no broker answered at 127.0.0.1:" + silent.getLocalPort());
            assertThat(log.warnings("kurier-rotate")).hasSize(1);
            publish(publisher);
        }
    }

    @Test
    void namesChangedKeysThatNeedARestartOnce() {
        CredentialsFile file = file("restart");
        try (Publisher publisher = file.start();
                LogCapture log = new LogCapture()) {
            file.set(Map.of("producer.linger.ms", "7", "publish.max.wait.ms", "1", "ssl.protocol", "TLSv1.3"));

            publisher.rotate().join();
            publisher.rotate().join();

            assertThat(log.warnings("need a restart"))
                    .singleElement()
                    .asString()
                    .endsWith("sasl.* only: producer.linger.ms, publish.max.wait.ms");
        }
    }

    @Test
    void ignoresAKeyOfTheFileThatCodeOverrides() {
        CredentialsFile file = file("overridden");
        Map<String, String> second = BROKER.clientProperties("second");
        try (Publisher publisher = Kurier.builder()
                .properties(file.path())
                .override(second)
                .topics(LETTERS)
                .start()) {
            file.set(Map.of("sasl.jaas.config", "nonsense"));

            publisher.rotate().join();

            publish(publisher);
        }
    }

    @Test
    void endsWithTheClose() throws IOException {
        CredentialsFile file = file("closing");
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Publisher publisher = file.start();
            file.set(Map.of("bootstrap.servers", "127.0.0.1:" + silent.getLocalPort()));
            CompletableFuture<Void> running = publisher.rotate();
            CompletableFuture<Void> next = publisher.rotate();

            publisher.close(Duration.ofSeconds(20));

            assertThat(refusal(running)).contains("the publisher is closed");
            assertThat(refusal(next)).contains("the publisher is closed");
            assertThat(refusal(publisher.rotate())).contains("the publisher is closed");
            await().until(() -> Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .noneMatch("kurier-rotate"::equals));
        }
    }

    @Test
    void replacesADeadProducerByOneWithTheNewCredentials() {
        CredentialsFile file = file("dead")
                .set(Map.of("producer.interceptor.classes", RotationUnderLoadTest.Delaying.class.getName()));
        try (Publisher publisher = file.start()) {
            publish(publisher);
            file.logIn(BROKER, "second");
            publisher.rotate().join();

            try (Denial ofFirst = new Denial(BROKER.clientProperties("admin"), "first")) {
                RotationUnderLoadTest.dieAtTheNextAcknowledgment();
                assertThat(failure(publisher.publish(LETTERS, "k", "v")).outcome())
                        .isEqualTo(Outcome.UNKNOWN);
                publish(publisher);
            }
        }
    }

    @Test
    void readsTheFilesOfAGuiceModuleAgain() {
        CredentialsFile file = file("module");
        try (Publisher publisher = Guice.createInjector(new KurierModule(), new AbstractModule() {
                    @Override
                    protected void configure() {
                        KurierBinder.of(binder()).properties(file.path());
                    }
                })
                .getInstance(Publisher.class)) {
            publish(publisher);
            file.logIn(BROKER, "second");

            publisher.rotate().join();

            try (Denial ofFirst = new Denial(BROKER.clientProperties("admin"), "first")) {
                publish(publisher);
            }
        }
    }

    @Test
    void searchesWithTheNewCredentials() {
        CredentialsFile file = file("searches").set(Map.of("topics.letters.record.id", "true"));
        try (Publisher publisher = file.start()) {
            publish(publisher);
            assertThat(search(publisher)).doesNotContain("cannot be read");
            file.logIn(BROKER, "second");

            publisher.rotate().join();

            try (Denial denial = new Denial(BROKER.clientProperties("admin"), "first")) {
                assertThat(search(publisher)).doesNotContain("cannot be read");
            }
        }
    }

    @Test
    void connectsLaterWithWhatWasReadNow() throws IOException {
        CredentialsFile file = file("later").set(Map.of("topics.management", "later"));
        file.set(Map.of("sasl.jaas.config", SCRAM.formatted("never-right")));
        try (Publisher publisher = file.start()) {
            await().until(() -> publisher
                    .tryPublish(LETTERS, "k", "v")
                    .handle((receipt, failure) -> String.valueOf(failure))
                    .join()
                    .contains("refuse the log-in"));
            CredentialsFile creating = new CredentialsFile(
                    Files.createDirectory(folder.resolve("creating")), BROKER.clientProperties("second"), "later");
            creating.start().close();
            file.logIn(BROKER, "second");

            publisher.rotate().join();

            publish(publisher);
            file.logIn(BROKER, "first");
            publisher.rotate().join();
            publish(publisher);
        }
    }

    private CredentialsFile file(String topic) {
        return new CredentialsFile(folder, BROKER.clientProperties("first"), topic);
    }

    private static void publish(Publisher publisher) {
        assertThat(publisher.publish(LETTERS, "k", "v").join().hasOffset()).isTrue();
    }

    private static String search(Publisher publisher) {
        Resolution found = publisher
                .resolve(new DeliveryHandle("searches", null, 0, List.of(UUID.randomUUID()), 0, -1, null, 1))
                .join();
        return found.toString();
    }

    private static String refusal(Publisher publisher) {
        return refusal(publisher.rotate());
    }

    private static String refusal(CompletableFuture<Void> rotation) {
        Throwable cause = requireNonNull(
                catchThrowableOfType(CompletionException.class, rotation::join).getCause());
        assertThat(cause).isInstanceOf(RotationException.class);
        return String.valueOf(cause.getMessage()).replaceAll("(kurier\\.properties:)\\d+", "$1LINE");
    }

    private static PublishException failure(CompletableFuture<?> future) {
        return (PublishException) requireNonNull(
                catchThrowableOfType(CompletionException.class, future::join).getCause());
    }

    /** Returns when the broker lets the user in with it. */
    private static void changePassword(String password) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.<String, Object>copyOf(BROKER.clientProperties("admin")))) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            "changing", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password)))
                    .all()
                    .get();
        }
        Map<String, Object> client = new HashMap<>(BROKER.clientProperties("changing"));
        client.put("sasl.jaas.config", SCRAM.formatted(password));
        await().ignoreExceptions().until(() -> {
            try (Admin changed = Admin.create(client)) {
                return !changed.describeCluster().nodes().get().isEmpty();
            }
        });
    }
}
