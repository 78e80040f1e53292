// SPDX-License-Identifier: Apache-2.0
package io.kurier.debezium;

import io.kurier.Publisher;
import io.kurier.plugins.host.ConnectorHost;
import io.kurier.plugins.host.OffsetStorage;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The main program of a process that runs a connector until it is killed, or its standard input ends. */
final class DebeziumChild {
    private DebeziumChild() {}

    /** Starts a process. Its output is that of this process. */
    static Process start(String bootstrapServers, Map<String, String> properties, Path offsets) throws IOException {
        Path file = offsets.resolveSibling("connector.properties");
        Properties all = new Properties();
        all.putAll(properties);
        try (Writer writer = Files.newBufferedWriter(file)) {
            all.store(writer, null);
        }
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dguice_bytecode_gen_option=DISABLED",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                System.getProperty("java.class.path"),
                DebeziumChild.class.getName(),
                bootstrapServers,
                file.toString(),
                offsets.toString());
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(offsets.resolveSibling("errors").toFile())
                .start();
    }

    /**
     * Arguments: the broker's address, the file with the connector's properties, the file of offsets, which are in a topic
     * if the properties want exactly-once.
     */
    public static void main(String[] arguments) throws Exception {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(arguments[1]))) {
            read.load(reader);
        }
        Map<String, String> properties = new HashMap<>();
        read.stringPropertyNames().forEach(key -> properties.put(key, read.getProperty(key)));
        OffsetStorage offsets = properties.containsKey("exactly.once.support")
                ? OffsetStorage.inTopic(
                        properties.get("topic.prefix") + "-offsets", Map.of("bootstrap.servers", arguments[0]))
                : OffsetStorage.inFile(Path.of(arguments[2]));
        try (Publisher publisher = Debezium.publisher(arguments[0], properties);
                ConnectorHost host = Debezium.host(publisher, offsets, properties)) {
            while (System.in.read() >= 0) {
                // nothing is said; the end of the input is the end of the test
            }
            Runtime.getRuntime().halt(1);
        }
    }
}
