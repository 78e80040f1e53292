// SPDX-License-Identifier: Apache-2.0
package io.kurier.debezium;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A PostgreSQL server in a process of its own, with {@code wal_level=logical}, for tests of connectors that read its
 * write-ahead log. It has a temporary folder, listens on 127.0.0.1 at a free port, and does not force data to the disk.
 *
 * <p>A shell is between this JVM and the server, and ends the server when its own input ends. So the server ends with
 * this JVM, however that ends.
 *
 * <p>Safe for use by any number of threads.
 */
public final class PostgresServer implements AutoCloseable {
    static final String HOST = "127.0.0.1";
    static final String USER = "kurier";

    private static final int ATTEMPTS = 3;
    private static final long LIMIT_SECONDS = 60;
    private static final int LINES_KEPT = 40;
    private static final String READY = "database system is ready to accept connections";

    /** SIGQUIT is the immediate shutdown, which does not wait for clients. */
    private static final String SCRIPT = """
            exec 3<&0
            "$@" </dev/null & server=$!
            (read -r end <&3; kill -QUIT $server) & guard=$!
            wait $server
            code=$?
            kill $guard 2>/dev/null
            exit $code
            """;

    private final Path folder;
    private final int port;
    private final String password;
    private final Process shell;
    private final Deque<String> output = new ArrayDeque<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final AtomicInteger databases = new AtomicInteger();

    private PostgresServer(Path folder, int port, String password, Process shell) {
        this.folder = folder;
        this.port = port;
        this.password = password;
        this.shell = shell;
    }

    /**
     * Starts a server.
     *
     * @return the server, to be closed by the caller
     * @throws IllegalStateException if PostgreSQL is not installed here, or does not start
     */
    public static PostgresServer start() {
        PostgresInstallation.Search search = PostgresInstallation.search();
        PostgresInstallation installation =
                search.found().orElseThrow(() -> new IllegalStateException(search.reason()));
        for (int attempt = 1; ; attempt++) {
            try {
                return start(installation);
            } catch (IllegalStateException e) {
                if (attempt == ATTEMPTS) {
                    throw e; // and before, its port may have been taken by another process
                }
            } catch (IOException e) {
                throw new IllegalStateException("PostgreSQL cannot be started: " + e.getMessage(), e);
            }
        }
    }

    private static PostgresServer start(PostgresInstallation installation) throws IOException {
        Path folder = Files.createTempDirectory("kurier-postgres-");
        try {
            installation.give(folder);
            String password = UUID.randomUUID().toString();
            Path data = initialize(installation, folder, password);
            int port = freePort();
            PostgresServer server = new PostgresServer(folder, port, password, launch(installation, data, port));
            server.awaitReady();
            return server;
        } catch (IOException | IllegalStateException e) {
            delete(folder);
            throw e;
        }
    }

    private static Path initialize(PostgresInstallation installation, Path folder, String password) throws IOException {
        Path data = folder.resolve("data");
        Path passwordFile = Files.writeString(folder.resolve("password"), password);
        installation.give(passwordFile);
        PostgresInstallation.run(installation.command(
                "initdb",
                "--pgdata=" + data,
                "--username=" + USER,
                "--auth=scram-sha-256",
                "--pwfile=" + passwordFile,
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync"));
        return data;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        }
    }

    private static Process launch(PostgresInstallation installation, Path data, int port) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT, "postgres"));
        command.addAll(installation.command(
                "postgres",
                "-D",
                data.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=" + HOST,
                "-c",
                "unix_socket_directories=",
                "-c",
                "wal_level=logical",
                "-c",
                "max_wal_senders=20",
                "-c",
                "max_replication_slots=20",
                "-c",
                "shared_buffers=16MB",
                "-c",
                "fsync=off"));
        return new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectErrorStream(true)
                .start();
    }

    private void awaitReady() {
        Thread listener = new Thread(this::listen, "postgres-" + port);
        listener.setDaemon(true);
        listener.start();
        try {
            ready.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            stop();
            synchronized (output) {
                throw new IllegalStateException("PostgreSQL did not start: " + String.join(" | ", output), e);
            }
        }
    }

    /** Reads all of its output, because it would block on a full pipe, and keeps the end of it. */
    private void listen() {
        try (BufferedReader reader = shell.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (output) {
                    output.add(line);
                    if (output.size() > LINES_KEPT) {
                        output.remove();
                    }
                }
                if (line.contains(READY)) {
                    ready.complete(null);
                }
            }
            ready.completeExceptionally(new IllegalStateException("it has ended"));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }

    /**
     * Creates a database that no other test has; it is gone when the server is closed.
     *
     * @throws SQLException if the server refuses it
     */
    public PostgresDatabase createDatabase() throws SQLException {
        String name = "test" + databases.incrementAndGet();
        new PostgresDatabase("postgres", port, password).execute("create database " + name);
        return new PostgresDatabase(name, port, password);
    }

    /** Stops the server immediately, without waiting for its clients, and deletes its folder. */
    @Override
    public void close() {
        stop();
        delete(folder);
    }

    private void stop() {
        try {
            shell.getOutputStream().close();
            shell.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
        } catch (IOException | CompletionException e) {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " cannot be deleted", e);
        }
    }
}
