// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which a start can fail has one line that says what to do, and leaves nothing behind. */
class BrokerStartFailureTest {

    @TempDir
    Path folder;

    private Set<String> threadsBefore = Set.of();
    private Set<String> temporaryBefore = Set.of();

    @BeforeEach
    void rememberWhatIsThere() {
        threadsBefore = kafkaThreads();
        temporaryBefore = temporaryFolders();
    }

    @AfterEach
    void nothingIsLeftBehind() {
        assertThat(kafkaThreads()).isSubsetOf(threadsBefore);
        assertThat(temporaryFolders()).isSubsetOf(temporaryBefore);
    }

    @Test
    void namesAPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(LoopbackSockets.address(0));
            int port = taken.getLocalPort();

            assertThat(failureOf(LocalBroker.builder().port(port)))
                    .hasMessageStartingWith("cannot listen on 127.0.0.1:" + port)
                    .hasMessageContaining("choose another");
        }
    }

    @Test
    void namesADirectoryThatAnotherBrokerOfThisJvmUses() {
        try (LocalBroker first = LocalBroker.builder().directory(folder).start()) {
            assertThat(failureOf(LocalBroker.builder().directory(folder)))
                    .hasMessageContaining(first.directory().toString())
                    .hasMessageContaining("in use by a broker in this JVM");
            assertThat(first.directory()).isNotEmptyDirectory();
        }
    }

    @Test
    void neverWritesToADirectoryThatHoldsOtherThings() throws IOException {
        Files.writeString(folder.resolve("letters.txt"), "dear Milena");

        assertThat(failureOf(LocalBroker.builder().directory(folder)))
                .hasMessageContaining("not made by a LocalBroker")
                .hasMessageContaining("letters.txt");
        assertThat(folder).isDirectoryNotContaining("glob:**/meta.properties");
        assertThat(folder.toFile().list()).containsExactly("letters.txt");
    }

    @Test
    void namesAFileThatIsGivenForADirectory() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(failureOf(LocalBroker.builder().directory(file)))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("must be a directory");
    }

    @Test
    void refusesADirectoryThatKafkaWouldTakeForTwo() {
        assertThat(failureOf(LocalBroker.builder().directory(folder.resolve("a,b"))))
                .hasMessageContaining("a,b")
                .hasMessageContaining("comma");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void tellsThatAPropertyIsWrong() {
        assertThat(failureOf(LocalBroker.builder().property("num.io.threads", "many")))
                .hasMessageStartingWith("the broker's properties are wrong")
                .hasMessageContaining("num.io.threads");
    }

    @Test
    void refusesAPropertyThatASecuredModeSetsItself() {
        assertThat(failureOf(LocalBroker.builder()
                        .user("milena", "ink")
                        .acls("milena")
                        .property("super.users", "User:franz")))
                .hasMessageContaining("super.users")
                .hasMessageContaining("leave either");
    }

    @Test
    void leavesNothingOfASecuredBrokerThatDoesNotStart() {
        assertThat(failureOf(LocalBroker.builder()
                        .tls()
                        .user("milena", "ink")
                        .property("authorizer.class.name", "no.such.Authorizer")))
                .hasMessageContaining("no.such.Authorizer");
    }

    @Test
    void survivesAFailureInTheMiddleOfKafkasStart() {
        // the broker half fails on this one when the controller half is already running
        assertThat(failureOf(LocalBroker.builder().property("authorizer.class.name", "no.such.Authorizer")))
                .hasMessageContaining("did not start")
                .hasMessageContaining("no.such.Authorizer");
    }

    @Test
    void survivesDataThatKafkaCannotRead() throws IOException {
        LocalBroker.builder().directory(folder).start().close();
        Files.writeString(folder.resolve("__cluster_metadata-0/quorum-state"), "{]");

        assertThat(failureOf(LocalBroker.builder().directory(folder))).hasMessageContaining("did not start");
    }

    @Test
    void letsGoOfTheDirectoryWhenTheStartHasFailed() {
        LocalBroker.Builder wrong =
                LocalBroker.builder().directory(folder).property("authorizer.class.name", "no.such");
        assertThat(failureOf(wrong)).hasMessageContaining("no.such");

        try (LocalBroker broker = LocalBroker.builder().directory(folder).start()) {
            assertThat(broker.port()).isPositive();
        }
    }

    @Test
    void saysThatAClusterOfAnotherNodeIsNotItsOwn() throws IOException {
        LocalBroker.builder().directory(folder).start().close();
        Path meta = folder.resolve("meta.properties");
        Files.writeString(meta, Files.readString(meta, StandardCharsets.UTF_8).replace("node.id=1", "node.id=7"));

        assertThat(failureOf(LocalBroker.builder().directory(folder))).hasMessageContaining("did not start");
    }

    private static BrokerStartException failureOf(LocalBroker.Builder builder) {
        BrokerStartException failure = Objects.requireNonNull(
                catchThrowableOfType(
                        BrokerStartException.class, () -> builder.start().close()),
                "the broker started");
        assertThat(failure.getMessage()).doesNotContain("\n");
        return failure;
    }

    private static Set<String> kafkaThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && !thread.isDaemon())
                .map(thread -> thread.getName() + "#" + thread.getId())
                .collect(Collectors.toSet());
    }

    private static Set<String> temporaryFolders() {
        File[] found = new File(System.getProperty("java.io.tmpdir"))
                .listFiles((dir, name) -> name.startsWith(DataDirectory.TEMPORARY_PREFIX));
        return Stream.of(Objects.requireNonNull(found)).map(File::getName).collect(Collectors.toSet());
    }
}
