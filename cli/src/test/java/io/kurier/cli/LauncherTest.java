// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the script {@code kurier} in a checkout that is built already, with a command of a few lines. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class LauncherTest {
    private static final String FROM_THE_ARCHIVE = "io.kurier.cli.Main source: shared objects file (top)";

    @TempDir
    private Path home;

    private Path target;

    @BeforeEach
    void makeACheckoutThatIsBuilt() throws Exception {
        target = Files.createDirectories(home.resolve("cli/target"));
        Files.createDirectories(target.resolve("lib"));
        Files.copy(Path.of("..").resolve("kurier"), home.resolve("kurier"));
        writeJar("hello");
        Files.createFile(target.resolve("kurier.built"));
    }

    @Test
    void theFirstCommandMakesTheArchiveFromWhichOthersStart() throws Exception {
        assertThat(run()).isEqualTo("hello\n");
        assertThat(archives())
                .singleElement()
                .satisfies(archive -> assertThat(archive).isNotEmptyFile());
        assertThat(run("-Xlog:class+load")).contains(FROM_THE_ARCHIVE).contains("hello\n");
    }

    @Test
    void makesTheArchiveAnewForAnotherJar() throws Exception {
        run();
        writeJar("changed");
        Files.setLastModifiedTime(
                target.resolve("kurier-cli-1.jar"), FileTime.from(Instant.now().plusSeconds(1)));
        assertThat(run()).isEqualTo("changed\n");
        Files.setLastModifiedTime(target.resolve("kurier-cli-1.jar"), FileTime.from(Instant.now()));
        run();
        assertThat(run("-Xlog:class+load")).contains(FROM_THE_ARCHIVE).contains("changed\n");
        assertThat(archives()).hasSize(1);
    }

    @Test
    void doesWithoutAnArchiveThatIsOfOtherJars() throws Exception {
        run();
        Path archive = archives().get(0);
        writeJar("a longer one");
        Files.setLastModifiedTime(archive, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(run()).isEqualTo("a longer one\n");
    }

    /** A JVM crashes on an archive that is cut off. */
    @Test
    void makesAnArchiveAnewThatIsCutOff() throws Exception {
        run();
        Path archive = archives().get(0);
        byte[] whole = Files.readAllBytes(archive);
        for (int length : List.of(10, whole.length / 2, whole.length - 1)) {
            Files.delete(archive);
            Files.write(archive, Arrays.copyOf(whole, length));
            assertThat(run()).isEqualTo("hello\n");
            assertThat(run("-Xlog:class+load")).contains(FROM_THE_ARCHIVE);
        }
    }

    @Test
    void doesWithoutAnArchiveThatTheJvmRefuses() throws Exception {
        run();
        Path archive = archives().get(0);
        Files.delete(archive);
        Files.writeString(archive, "this is no archive, and ends like one: kurier-whole");
        assertThat(run()).isEqualTo("hello\n");
    }

    @Test
    void doesWithoutAnArchiveThatCannotBeWritten() throws Exception {
        run();
        Path archive = archives().get(0);
        Files.delete(archive);
        Files.createDirectories(archive.resolve("a folder in its place"));
        assertThat(run()).isEqualTo("hello\n");
    }

    @Test
    void asksAJdkThatMakesNoArchiveOnlyOnce() throws Exception {
        Path jdk = home.resolve("jdk");
        Path log = home.resolve("calls");
        Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
        Files.writeString(
                java,
                "#!/bin/sh\necho \"$@\" >>'" + log
                        + "'\ncase \"$*\" in *ArchiveClassesAtExit*) echo no; exit 1;; esac\n" + "exec '"
                        + Path.of(System.getProperty("java.home"), "bin", "java") + "' \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        for (int i = 0; i < 2; i++) {
            assertThat(output(start(jdk, ""))).isEqualTo("hello\n");
        }
        assertThat(Files.readAllLines(log))
                .filteredOn(call -> call.contains("ArchiveClassesAtExit"))
                .hasSize(1);
        assertThat(Files.readAllLines(log)).noneMatch(call -> call.contains("SharedArchiveFile"));
    }

    @Test
    void commandsAtTheSameTimeLeaveOneArchive() throws Exception {
        List<Process> commands = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            commands.add(start(Path.of(System.getProperty("java.home")), ""));
        }
        for (Process command : commands) {
            assertThat(output(command)).isEqualTo("hello\n");
        }
        assertThat(archives()).hasSize(1);
        assertThat(run("-Xlog:class+load")).contains(FROM_THE_ARCHIVE);
    }

    @Test
    void theClassesOfTheArchiveAreLoadedWithoutAWord(@TempDir Path temporary) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartupClasses.class.getName())
                .redirectErrorStream(true)
                .start();
        assertThat(output(process)).isEmpty();
        assertThat(temporary).isEmptyDirectory();
    }

    private List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> String.valueOf(file.getFileName()).contains(".jsa"))
                    .toList();
        }
    }

    private String run() throws Exception {
        return run("");
    }

    private String run(String javaOptions) throws Exception {
        return output(start(Path.of(System.getProperty("java.home")), javaOptions));
    }

    private Process start(Path jdk, String javaOptions) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(home.resolve("kurier").toString(), "keys");
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().put("KURIER_JAVA_OPTS", javaOptions);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return builder.redirectErrorStream(true).start();
    }

    private static String output(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    /** Replaces the jar of the command, whose file differs from the earlier one. */
    private void writeJar(String greeting) throws IOException {
        Path sources = Files.createDirectories(home.resolve("sources/io/kurier/cli"));
        Path main = Files.writeString(
                sources.resolve("Main.java"),
                "package io.kurier.cli; public class Main { public static void main(String[] args) {"
                        + " System.out.println(\"" + greeting + "\"); } }");
        Path training = Files.writeString(
                sources.resolve("StartupClasses.java"),
                "package io.kurier.cli; public class StartupClasses { public static void main(String[] args) {"
                        + " Main.main(args); } }");
        StringWriter errors = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            assertThat(compiler.getTask(errors, files, null, List.of(), null, files.getJavaFileObjects(main, training))
                            .call())
                    .as(errors.toString())
                    .isTrue();
        }
        Path jar = target.resolve("kurier-cli-1.jar");
        Files.deleteIfExists(jar);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file)) {
            for (String name : List.of("Main", "StartupClasses")) {
                entries.putNextEntry(new JarEntry("io/kurier/cli/" + name + ".class"));
                entries.write(Files.readAllBytes(sources.resolve(name + ".class")));
                entries.closeEntry();
            }
        }
    }
}
