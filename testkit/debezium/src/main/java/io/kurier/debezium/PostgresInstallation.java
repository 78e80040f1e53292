// SPDX-License-Identifier: Apache-2.0
package io.kurier.debezium;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's server programs on this machine, and the user that runs them: they refuse to run as root, so that root
 * lets another user run them.
 */
final class PostgresInstallation {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final List<String> PROGRAMS = List.of("initdb", "postgres");
    private static final List<String> USERS = List.of("postgres", "nobody");
    private static final long LIMIT_SECONDS = 60;

    private final Path programs;
    private final @Nullable String user;

    private PostgresInstallation(Path programs, @Nullable String user) {
        this.programs = programs;
        this.user = user;
    }

    /** Either an installation, or the reason why there is none that can be used. */
    record Search(Optional<PostgresInstallation> found, String reason) {}

    /** Looks in Debian's folders, the newest version first, and then in {@code PATH}. */
    static Search search() {
        Optional<Path> programs =
                folders().filter(PostgresInstallation::hasPrograms).findFirst();
        if (programs.isEmpty()) {
            return unusable("PostgreSQL is not installed: neither a folder in " + DEBIAN + " nor PATH has "
                    + String.join(" and ", PROGRAMS));
        }
        List<String> failures = new ArrayList<>();
        for (@Nullable String user : users()) {
            PostgresInstallation installation = new PostgresInstallation(programs.get(), user);
            Optional<String> failure = installation.failure();
            if (failure.isEmpty()) {
                return new Search(Optional.of(installation), "");
            }
            failures.add(failure.get());
        }
        return unusable("PostgreSQL in " + programs.get() + " cannot be run: " + String.join("; ", failures));
    }

    private static Search unusable(String reason) {
        return new Search(Optional.empty(), reason);
    }

    private static Stream<Path> folders() {
        List<Path> folders = new ArrayList<>();
        if (Files.isDirectory(DEBIAN)) {
            try (Stream<Path> versions = Files.list(DEBIAN)) {
                versions.sorted(Comparator.comparingInt(PostgresInstallation::version)
                                .reversed())
                        .map(version -> version.resolve("bin"))
                        .forEach(folders::add);
            } catch (IOException e) {
                System.out.println("PostgreSQL is not looked for in " + DEBIAN + ": " + e);
            }
        }
        for (String entry :
                Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator)) {
            try {
                folders.add(Path.of(entry));
            } catch (InvalidPathException e) {
                // no folder that could have programs
            }
        }
        return folders.stream();
    }

    private static int version(Path folder) {
        String name = folder.getFileName().toString();
        return name.matches("\\d{1,4}") ? Integer.parseInt(name) : 0;
    }

    private static boolean hasPrograms(Path folder) {
        return PROGRAMS.stream().allMatch(program -> Files.isExecutable(folder.resolve(program)));
    }

    /** The users to try; null is the user of this process. */
    private static List<@Nullable String> users() {
        List<@Nullable String> users = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            users.addAll(USERS);
        } else {
            users.add(null);
        }
        return users;
    }

    private Optional<String> failure() {
        try {
            run(command("initdb", "--version"));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(Objects.requireNonNullElse(e.getMessage(), e.toString()));
        }
    }

    /** Returns the command that runs one of the programs as the user; its process is the program's. */
    List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (user != null) {
            command.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + groupOf(user), "--clear-groups", "--"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static String groupOf(String user) {
        return user.equals("nobody") ? "nogroup" : user;
    }

    /** Gives a file or a folder to the user. */
    void give(Path path) throws IOException {
        if (user != null) {
            Files.setOwner(
                    path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
        }
    }

    /**
     * Runs a command to its end.
     *
     * @throws IOException if it cannot be run, or fails; the message has its output
     */
    static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectErrorStream(true)
                .start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(command + " does not end");
            }
            if (process.exitValue() != 0) {
                throw new IOException(command + " ended with " + process.exitValue() + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command + " was interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
