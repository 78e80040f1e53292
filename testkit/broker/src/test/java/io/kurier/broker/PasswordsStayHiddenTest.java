// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a secured broker says of itself, seen in another JVM in which everything of it and of Kafka is logged. */
class PasswordsStayHiddenTest {
    private static final String PASSWORD = "ink-and-paper-4711";

    @TempDir
    Path folder;

    @Test
    void inLogsAndInMessages() throws Exception {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=debug",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Talks.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(new File(output.toString()))
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS))
                    .as("the JVM ends")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }

        String said = Files.readString(output);
        // not by assertThat(said), which would print all of it
        assertThat(List.of("LocalBroker[127.0.0.1:", "super.users", "the broker has no user", "properties are wrong"))
                .allMatch(said::contains);
        assertThat(said.lines().filter(line -> line.contains(PASSWORD) || line.contains("password=\"")))
                .isEmpty();
    }

    static final class Talks {
        public static void main(String[] args) throws Exception {
            LocalBroker.Builder builder =
                    LocalBroker.builder().tls().user("milena", PASSWORD).acls("milena");
            System.out.println(builder);
            try (LocalBroker broker = builder.start()) {
                System.out.println(broker);
                Map<String, String> client = broker.clientProperties("milena");
                System.out.println(Clients.topics(client));
                try {
                    broker.clientProperties("franz");
                } catch (IllegalArgumentException e) {
                    System.out.println(e);
                }
            }
            try {
                builder.property("num.io.threads", "many").start().close();
            } catch (BrokerStartException e) {
                e.printStackTrace(System.out);
            }
        }
    }
}
