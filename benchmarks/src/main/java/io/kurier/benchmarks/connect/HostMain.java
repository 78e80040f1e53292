// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.connect;

import io.kurier.Publisher;
import io.kurier.benchmarks.ProducerSettings;
import io.kurier.core.Kurier;
import io.kurier.plugins.host.ConnectorHost;
import io.kurier.plugins.host.HostListener;
import io.kurier.plugins.host.HostTopics;
import io.kurier.plugins.host.OffsetStorage;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The program of a JVM of its own: one connector on the host, until the JVM is ended or its standard input is. */
public final class HostMain {
    private HostMain() {}

    /**
     * Runs the connector.
     *
     * @param args the broker, and the file of the connector's properties; for exactly-once the topic of offsets, whose
     *     name is that of the application, too
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, String> connector = properties(Path.of(args[1]));
        Map<String, String> config = new HashMap<>(ProducerSettings.forKurier(args[0]));
        config.putAll(HostTopics.declare(List.of(connector)));
        OffsetStorage offsets = OffsetStorage.inFile(Path.of(args[1] + ".offsets"));
        if (args.length > 2) {
            config.put("application.id", args[2]);
            offsets = OffsetStorage.inTopic(args[2], config);
        }
        try (Publisher publisher = Kurier.start(config);
                ConnectorHost host = ConnectorHost.builder(publisher)
                        .connector(connector)
                        .offsets(offsets)
                        .listener(new Strict())
                        .start()) {
            host.awaitDrained();
            int unused = System.in.read(); // not gone before its processor time is read
        }
    }

    /** Ends the JVM where input is left out, for which the parent would wait. */
    private static final class Strict implements HostListener {
        @Override
        public void rejected(String connector, String source, String position, String reason) {
            System.err.println(source + ", " + position + ": " + reason);
            Runtime.getRuntime().halt(1);
        }
    }

    private static Map<String, String> properties(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
        return settings;
    }
}
