// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a JVM with a broker ends, seen from outside. */
class ExitTest {

    @TempDir
    Path folder;

    private Path temporary = Path.of("");
    private Path output = Path.of("");

    @BeforeEach
    void giveTheOtherJvmATemporaryFolderOfItsOwn() throws Exception {
        temporary = Files.createDirectory(folder.resolve("tmp"));
        output = folder.resolve("output");
    }

    @AfterEach
    void printWhatTheOtherJvmSaid() throws Exception {
        System.out.println(Files.readString(output));
    }

    @Test
    void closesFromAShutdownHookAndLeavesNothing() throws Exception {
        assertThat(run(ExitsWithAHook.class)).isZero();
        assertThat(Files.readString(output)).contains("started").contains("closed by the hook");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void endsByItselfWhenTheBrokerIsClosed() throws Exception {
        assertThat(run(ReturnsFromMain.class)).isZero();
        assertThat(Files.readString(output)).contains("started in an interrupted thread");
        assertThat(temporary).isEmptyDirectory();
    }

    private int run(Class<?> main) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName())
                .redirectErrorStream(true)
                .redirectOutput(new File(output.toString()))
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS))
                    .as("the JVM ends")
                    .isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** What Ctrl-C does to a command that runs a broker. */
    static final class ExitsWithAHook {
        public static void main(String[] args) {
            LocalBroker broker = LocalBroker.start();
            System.out.println("started");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                broker.close();
                System.out.println("closed by the hook");
            }));
            System.exit(0);
        }
    }

    /** The first start in a JVM, interrupted: it must not spoil Kafka's classes. */
    static final class ReturnsFromMain {
        public static void main(String[] args) {
            Thread.currentThread().interrupt();
            try (LocalBroker broker = LocalBroker.start()) {
                System.out.println("started in an interrupted thread: " + broker.port());
            }
        }
    }
}
