// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.connect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Kurier's connector host with the connector of the format. */
final class HostImporter implements Importer {
    private final String bootstrap;
    private final List<String> jvmOptions;

    HostImporter(String bootstrap, List<String> jvmOptions) {
        this.bootstrap = bootstrap;
        this.jvmOptions = jvmOptions;
    }

    @Override
    public String row() {
        return ConnectBenchmark.HOST;
    }

    @Override
    public boolean reads(Input.Kind kind) {
        return true;
    }

    @Override
    public Use run(Input input, TopicLog log, Path folder) throws IOException {
        String connector = Jvm.properties(
                folder.resolve("connector.properties"),
                Map.of(
                        "name", "file",
                        "connector.class", input.kind().connector(),
                        "tasks.max", "1",
                        "path", input.path().toString(),
                        "topic", log.topic()));
        List<String> command = Jvm.command(jvmOptions, HostMain.class.getName(), bootstrap, connector);
        try (ImportProcess process = ImportProcess.start(command, System.getProperty("java.class.path"), folder)) {
            return process.untilStored(log, input.records());
        }
    }
}
