// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The command as a process, whose standard input and output are pipes. */
final class CommandProcess {
    private CommandProcess() {}

    /**
     * Returns a process to start.
     *
     * @param heap the JVM's option for the heap
     * @param args the arguments of the command
     */
    static ProcessBuilder of(String heap, String... args) {
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
        return new ProcessBuilder(Stream.concat(java.stream(), Stream.of(args)).toList());
    }
}
