// SPDX-License-Identifier: Apache-2.0
package com.example.database;

import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.core.Kurier;
import io.kurier.plugins.host.ConnectorFailedException;
import io.kurier.plugins.host.ConnectorHost;
import io.kurier.plugins.host.ConnectorStatus;
import io.kurier.plugins.host.HostListener;
import io.kurier.plugins.host.HostTopics;
import io.kurier.plugins.host.OffsetStorage;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.connect.source.SourceRecord;

/** Publishes the changes of a table of PostgreSQL with Debezium's connector, in this process, until it is ended. */
public final class DatabaseToKafka implements AutoCloseable {
    /** Has a folder with Debezium's connector, which the build makes. */
    private static final String PLUGIN_PATH = "target/plugins";

    /** PostgreSQL's own variables, and what each is in the connector's properties. */
    private static final Map<String, String> VARIABLES = Map.of(
            "PGHOST", "database.hostname",
            "PGPORT", "database.port",
            "PGUSER", "database.user",
            "PGPASSWORD", "database.password",
            "PGDATABASE", "database.dbname");

    private final Publisher publisher;
    private final ConnectorHost host;

    private DatabaseToKafka(Publisher publisher, ConnectorHost host) {
        this.publisher = publisher;
        this.host = host;
    }

    /** Starts it, with the position in the database's log in a file, so that the next start continues there. */
    static DatabaseToKafka start(String bootstrap, Map<String, String> database, Path offsets) throws Exception {
        Map<String, String> connector = connector(database);
        Map<String, String> config = new HashMap<>(HostTopics.declare(List.of(connector), PLUGIN_PATH));
        config.put("bootstrap.servers", bootstrap);
        config.put("topics.management", "create");
        Publisher publisher = Kurier.start(config);
        try {
            ConnectorHost host = ConnectorHost.builder(publisher)
                    .connector(connector)
                    .pluginPath(PLUGIN_PATH)
                    .offsets(OffsetStorage.inFile(offsets))
                    .listener(new HostListener() {
                        @Override
                        public void published(String name, SourceRecord record, Receipt receipt) {
                            System.out.printf(
                                    "%s-%d at offset %d: %s%n",
                                    receipt.topic(), receipt.partition(), receipt.offset(), record.key());
                        }
                    })
                    .start();
            return new DatabaseToKafka(publisher, host);
        } catch (RuntimeException e) {
            publisher.close();
            throw e;
        }
    }

    private static Map<String, String> connector(Map<String, String> database) throws Exception {
        Properties file = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("orders.properties"))) {
            file.load(reader);
        }
        Map<String, String> connector = new HashMap<>(database);
        file.stringPropertyNames().forEach(key -> connector.put(key, file.getProperty(key)));
        return connector;
    }

    public static void main(String... args) throws Exception {
        String bootstrap = args.length > 0 ? args[0] : "127.0.0.1:9092";
        Map<String, String> database = new HashMap<>();
        VARIABLES.forEach((variable, key) -> {
            String value = System.getenv(variable);
            if (value != null) {
                database.put(key, value);
            }
        });
        try (DatabaseToKafka running = start(bootstrap, database, Path.of("target", "orders.offsets"))) {
            Runtime.getRuntime().addShutdownHook(new Thread(running::close)); // Ctrl-C is the usual end
            running.host.awaitDrained(); // Debezium never has read all: this ends by a failure, or the close
        } catch (ConnectorFailedException e) {
            System.out.println(e.getMessage());
        }
    }

    /** Returns the state of the connector, which is started again by the host as long as that may help. */
    ConnectorStatus status() {
        return host.status("orders");
    }

    @Override
    public void close() {
        host.close();
        publisher.close();
    }
}
