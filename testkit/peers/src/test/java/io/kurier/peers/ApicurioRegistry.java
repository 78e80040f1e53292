// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Apicurio's registry as a process of its own, in memory, on 127.0.0.1. It has Confluent's interface beside its own. */
final class ApicurioRegistry implements AutoCloseable {
    private static final Path FOLDER = Path.of("target", "apicurio-registry");
    private static final Path LOG = Path.of("target", "apicurio-registry.log");
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final int ATTEMPTS = 3;

    private final Process process;
    private final int port;

    private ApicurioRegistry(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts one and waits until it answers; tried again if another process has taken the free port meanwhile. */
    static ApicurioRegistry start() {
        for (int attempt = 1; ; attempt++) {
            ApicurioRegistry started = onFreePort();
            try {
                await("the registry's first answer; its log is " + LOG.toAbsolutePath())
                        .atMost(START_LIMIT)
                        .pollInterval(Duration.ofMillis(100))
                        .until(() -> !started.process.isAlive() || started.answers());
            } catch (RuntimeException e) {
                started.close();
                throw e;
            }
            if (started.process.isAlive()) {
                return started;
            }
            if (attempt == ATTEMPTS) {
                throw new IllegalStateException("the registry ended before it answered, with the exit code "
                        + started.process.exitValue() + "; see " + LOG.toAbsolutePath());
            }
        }
    }

    private static ApicurioRegistry onFreePort() {
        try {
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                port = free.getLocalPort();
            }
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-XX:TieredStopAtLevel=1",
                            "-Dquarkus.http.host=127.0.0.1",
                            "-Dquarkus.http.port=" + port,
                            "-jar",
                            "apicurio-registry-app-3.0.9-runner.jar"))
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(LOG.toFile())
                    .start();
            // also if this JVM is ended before the tests are
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new ApicurioRegistry(process, port);
        } catch (IOException e) {
            throw new UncheckedIOException("the registry cannot be started from " + FOLDER.toAbsolutePath(), e);
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(ownUrl() + "/system/info"))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return HttpClient.newHttpClient()
                            .send(request, BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the address of Confluent's interface. */
    String confluentUrl() {
        return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    }

    /** Returns the address of Apicurio's own interface. */
    String ownUrl() {
        return "http://127.0.0.1:" + port + "/apis/registry/v3";
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
