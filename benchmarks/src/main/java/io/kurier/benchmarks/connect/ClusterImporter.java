// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.connect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A Connect cluster of one distributed worker with the file connector that Kafka brings, exactly once: the standalone
 * worker cannot do that.
 */
final class ClusterImporter implements Importer {
    private final String bootstrap;
    private final WorkerJars jars;
    private final Kind kind;

    /** How the worker is configured. */
    enum Kind {
        /** The worker's producer has the settings of the others; a transaction a poll, as if nothing is set. */
        TUNED("Connect, exactly-once", true, Map.of()),
        /** Nothing is set. */
        DEFAULTS("Connect, exactly-once, its defaults", false, Map.of()),
        /** The settings of the others, and transactions that last as long as those of the host at most. */
        INTERVAL(
                "Connect, exactly-once, interval",
                true,
                Map.of("transaction.boundary", "interval", "transaction.boundary.interval.ms", "500"));

        private final String row;
        private final boolean isTuned;
        private final Map<String, String> boundary;

        Kind(String row, boolean isTuned, Map<String, String> boundary) {
            this.row = row;
            this.isTuned = isTuned;
            this.boundary = boundary;
        }
    }

    ClusterImporter(String bootstrap, WorkerJars jars, Kind kind) {
        this.bootstrap = bootstrap;
        this.jars = jars;
        this.kind = kind;
    }

    @Override
    public String row() {
        return kind.row;
    }

    @Override
    public boolean reads(Input.Kind input) {
        return input.isLines();
    }

    @Override
    public Use run(Input input, TopicLog log, Path folder) throws IOException {
        int port = freePort();
        String worker = Jvm.properties(folder.resolve("worker.properties"), worker(log, jars.pluginPath(folder), port));
        List<String> command = Jvm.command(List.of(), "org.apache.kafka.connect.cli.ConnectDistributed", worker);
        try (ImportProcess process = ImportProcess.start(command, jars.classPath(), folder)) {
            Map<String, String> connector = new HashMap<>(ConnectImporter.connector(input, log));
            connector.put("exactly.once.support", "required");
            connector.putAll(kind.boundary);
            new WorkerRest(port).create(connector, process, log);
            return process.untilCommitted(log, input.records());
        }
    }

    private Map<String, String> worker(TopicLog log, Path plugins, int port) {
        Map<String, String> worker = new HashMap<>(Map.of(
                "bootstrap.servers", bootstrap,
                "group.id", log.topic() + "-workers",
                "listeners", "http://127.0.0.1:" + port,
                "plugin.path", plugins.toString(),
                "plugin.discovery", "service_load",
                "exactly.once.source.support", "enabled",
                "key.converter", "org.apache.kafka.connect.storage.StringConverter",
                "value.converter", "org.apache.kafka.connect.storage.StringConverter",
                "offset.storage.partitions", "1",
                "status.storage.partitions", "1"));
        for (String content : List.of("config", "offset", "status")) {
            worker.put(content + ".storage.topic", log.beside(content));
            worker.put(content + ".storage.replication.factor", "1");
        }
        if (kind.isTuned) {
            worker.putAll(ConnectImporter.producer());
        }
        return worker;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
