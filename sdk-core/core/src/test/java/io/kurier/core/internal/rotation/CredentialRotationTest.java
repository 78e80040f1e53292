// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.rotation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.kurier.RotationException;
import io.kurier.StartException;
import io.kurier.core.internal.completion.ThreadMaker;
import io.kurier.core.internal.config.ConfigSources;
import io.kurier.core.internal.config.FileContents;
import io.kurier.core.internal.config.Problems;
import io.kurier.core.internal.config.PropertiesFile;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.publisher.LogCapture;
import io.kurier.core.internal.publisher.ScriptedTransport;
import io.kurier.core.transport.TransportConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a rotation gives to the transport, and when. */
@Timeout(60)
class CredentialRotationTest {
    @TempDir
    Path folder;

    private final Rotated transport = new Rotated();
    private Path file;
    private Path token;

    /** Notes what it is given, and waits where a test says. */
    private static final class Rotated extends ScriptedTransport {
        private final List<PublisherConfig> given = new CopyOnWriteArrayList<>();
        private final Semaphore permits = new Semaphore(0);
        private volatile boolean fails;

        @Override
        public void rotate(TransportConfig config) {
            given.add((PublisherConfig) config);
            try {
                permits.acquire();
            } catch (InterruptedException e) {
                throw new StartException("interrupted", e);
            }
            if (fails) {
                throw new StartException("refused", new IllegalStateException("the password is hush-hush"));
            }
        }

        private String at(int index, String key) {
            return String.valueOf(given.get(index).producerKeys().get(key));
        }
    }

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("kurier.properties"), "");
        token = Files.writeString(folder.resolve("token.jwt"), "one");
        write("127.0.0.1:1", "linger");
    }

    private void write(String address, String profile, String... more) throws IOException {
        Files.writeString(
                file,
                String.join(
                        "\n",
                        "bootstrap.servers=" + address,
                        "client.id=" + profile,
                        "security.protocol=SASL_PLAINTEXT",
                        "sasl.mechanism=PLAIN",
                        "config.providers=dir",
                        "sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required"
                                + " username=\"u\" password=\"${dir:" + folder + ":token.jwt}\";",
                        String.join("\n", more)));
    }

    @Test
    void sharesARotationAmongTheCallsThatComeWhileAnotherRuns() throws IOException {
        try (CredentialRotation rotation = rotation()) {
            CompletableFuture<Void> first = rotation.rotate();
            await().until(() -> transport.given.size() == 1);
            write("127.0.0.1:2", "linger");
            List<CompletableFuture<Void>> others = List.of(rotation.rotate(), rotation.rotate(), rotation.rotate());

            transport.permits.release();
            first.join();
            assertThat(others).noneMatch(CompletableFuture::isDone);
            transport.permits.release();
            others.forEach(CompletableFuture::join);

            assertThat(transport.given).hasSize(2);
            assertThat(transport.at(0, "bootstrap.servers")).isEqualTo("127.0.0.1:1");
            assertThat(transport.at(1, "bootstrap.servers")).isEqualTo("127.0.0.1:2");
        }
    }

    @Test
    void letsADependentWaitForTheNextRotation() {
        try (CredentialRotation rotation = rotation()) {
            transport.permits.release(2);

            rotation.rotate().thenRun(() -> rotation.rotate().join()).join();

            assertThat(transport.given).hasSize(2);
        }
    }

    @Test
    void givesEachRotationALogInOfItsOwnAndKeepsTheNameOfTheClient() throws IOException {
        try (CredentialRotation rotation = rotation()) {
            transport.permits.release(2);
            write("127.0.0.1:1", "other-name");
            rotation.rotate().join();
            rotation.rotate().join();

            assertThat(transport.at(0, "sasl.jaas.config")).isNotEqualTo(transport.at(1, "sasl.jaas.config"));
            assertThat(transport.at(1, "client.id")).isEqualTo("linger");
        }
    }

    @Test
    void showsNoSecretInItsFailure() {
        try (CredentialRotation rotation = rotation()) {
            Files.writeString(token, "hush-hush");
            transport.fails = true;
            transport.permits.release();

            Throwable cause = requireNonNull(catchThrowableOfType(
                            CompletionException.class, () -> rotation.rotate().join())
                    .getCause());

            assertThat(cause).isInstanceOf(RotationException.class);
            assertThat(cause.getCause()).hasMessageNotContaining("hush-hush");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void endsTheRunningRotationWithItsClose() {
        CredentialRotation rotation = rotation();
        CompletableFuture<Void> running = rotation.rotate();
        CompletableFuture<Void> next = rotation.rotate();
        await().until(() -> transport.given.size() == 1);

        rotation.close();

        assertThat(catchThrowableOfType(CompletionException.class, running::join))
                .hasMessageContaining("the publisher is closed");
        assertThat(catchThrowableOfType(CompletionException.class, next::join))
                .hasMessageContaining("the publisher is closed");
    }

    @Test
    void survivesADependentThatCloses() {
        CredentialRotation rotation = rotation();
        CountDownLatch closed = new CountDownLatch(1);
        CompletableFuture<Void> after = rotation.rotate().thenRun(() -> {
            rotation.close();
            closed.countDown();
        });
        transport.permits.release();

        after.join();

        assertThat(closed.getCount()).isZero();
        assertThat(rotation.rotate()).isCompletedExceptionally();
    }

    @Test
    void watchesTheFilesOfProvidersAndRepeatsWhatHasFailed() throws IOException {
        write("127.0.0.1:1", "linger", "reload.files=true", "reload.files.interval.ms=10");
        transport.fails = true;
        transport.permits.release(1_000);
        try (CredentialRotation rotation = rotation()) {
            rotation.begin();
            Files.writeString(token, "two");

            await().until(() -> transport.given.size() >= 3);
            transport.fails = false;
            await().until(() ->
                    rotation.rotate().handle((done, failure) -> failure == null).join());
        }
        assertThat(transport.at(0, "sasl.jaas.config")).contains("password=\"two\"");
    }

    @Test
    void seesAChangeThatCameWhileThePublisherConnected() throws IOException {
        write("127.0.0.1:1", "linger", "reload.files=true", "reload.files.interval.ms=10");
        transport.permits.release(1_000);
        try (CredentialRotation rotation = rotation()) {
            Files.writeString(token, "two");

            rotation.begin();

            await().until(() -> transport.given.size() == 1);
        }
    }

    @Test
    void countsAFileThatIsGoneForAMomentAsUnchanged() throws IOException {
        write("127.0.0.1:1", "linger", "reload.files=true", "reload.files.interval.ms=10");
        transport.permits.release(1_000);
        try (CredentialRotation rotation = rotation();
                LogCapture log = new LogCapture()) {
            rotation.begin();
            Files.delete(token);
            Files.writeString(file, Files.readString(file) + "\n# a comment");

            await().until(() -> !log.warnings("there is no file token.jwt").isEmpty());
            assertThat(transport.given).isEmpty();
            Files.writeString(token, "one");

            await().until(() -> transport.given.size() == 1);
        }
    }

    private CredentialRotation rotation() {
        ConfigSources sources = new ConfigSources(PropertiesFile.read(file), List.of());
        Problems problems = new Problems();
        PublisherConfig started = sources.first(problems);
        problems.throwIfAny();
        return new CredentialRotation(
                sources,
                started,
                FileContents.of(sources.files(started), FileContents.NONE),
                transport,
                ThreadMaker.DAEMONS);
    }
}
