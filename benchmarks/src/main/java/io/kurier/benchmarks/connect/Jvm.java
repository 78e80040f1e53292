// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.connect;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The JVMs of the imports that are written in Java, which have the same options. */
final class Jvm {
    /** Heap and collector of Kafka's script {@code connect-standalone.sh}. */
    static final List<String> OPTIONS = List.of("-Xms256m", "-Xmx2g", "-XX:+UseG1GC");

    private static final List<String> QUIET = List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-Dguice_bytecode_gen_option=DISABLED",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");

    private Jvm() {}

    /**
     * Returns the command of a JVM.
     *
     * @param moreOptions options behind those that all have
     * @param main the class, with its arguments
     */
    static List<String> command(List<String> moreOptions, String... main) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(QUIET);
        command.addAll(moreOptions);
        command.addAll(List.of(main));
        return command;
    }

    /** Writes a file of properties and returns its name. */
    static String properties(Path file, Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        properties.putAll(new TreeMap<>(settings));
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return file.toString();
    }
}
