// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.connect;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The jars of a Connect worker: its class path, and Kafka's file connector, which it finds in its plugin path. */
final class WorkerJars {
    private static final String CONNECTOR_JAR = "connect-file-";

    private final List<Path> jars;

    private WorkerJars(List<Path> jars) {
        this.jars = jars;
    }

    /**
     * Finds the jars on the class path of this JVM, and in a folder.
     *
     * @param folder empty if the class path has all of them
     */
    static WorkerJars of(String folder) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            jars.add(Path.of(entry));
        }
        if (!folder.isEmpty()) {
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                jars.addAll(files.sorted().toList());
            }
        }
        return new WorkerJars(jars);
    }

    /** Makes a plugin path with the file connector below a folder, and returns it. */
    Path pluginPath(Path folder) throws IOException {
        Path plugins = folder.resolve("plugins");
        Path plugin = Files.createDirectories(plugins.resolve("connect-file"));
        Path connector = connectorJar();
        Files.copy(connector, plugin.resolve(connector.getFileName()));
        return plugins;
    }

    private Path connectorJar() {
        return jars.stream()
                .filter(jar -> isNamed(jar, CONNECTOR_JAR))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no " + CONNECTOR_JAR
                        + "*.jar among the jars of the worker; start this run by benchmarks/run"));
    }

    /** Returns the class path without the connector and without Kurier's own jars. */
    String classPath() {
        return String.join(
                File.pathSeparator,
                jars.stream()
                        .filter(jar ->
                                !Files.isDirectory(jar) && !isNamed(jar, CONNECTOR_JAR) && !isNamed(jar, "kurier-"))
                        .map(Path::toString)
                        .toList());
    }

    private static boolean isNamed(Path jar, String start) {
        Path name = jar.getFileName();
        return name != null && name.toString().startsWith(start);
    }
}
