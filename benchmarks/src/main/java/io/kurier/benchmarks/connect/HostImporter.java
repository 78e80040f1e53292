// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.connect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Kurier's connector host with the connector of the format, at least once or exactly once. */
final class HostImporter implements Importer {
    private final String bootstrap;
    private final List<String> jvmOptions;
    private final boolean exactlyOnce;

    HostImporter(String bootstrap, List<String> jvmOptions, boolean exactlyOnce) {
        this.bootstrap = bootstrap;
        this.jvmOptions = jvmOptions;
        this.exactlyOnce = exactlyOnce;
    }

    @Override
    public String row() {
        return exactlyOnce ? ConnectBenchmark.HOST_ONCE : ConnectBenchmark.HOST;
    }

    @Override
    public boolean reads(Input.Kind kind) {
        return true;
    }

    @Override
    public Use run(Input input, TopicLog log, Path folder) throws IOException {
        Map<String, String> connector = new HashMap<>(Map.of(
                "name", "file",
                "connector.class", input.kind().connector(),
                "tasks.max", "1",
                "path", input.path().toString(),
                "topic", log.topic()));
        List<String> main = new ArrayList<>(List.of(HostMain.class.getName(), bootstrap));
        if (exactlyOnce) {
            connector.put("exactly.once.support", "required");
        }
        main.add(Jvm.properties(folder.resolve("connector.properties"), connector));
        if (exactlyOnce) {
            main.add(log.beside("offsets"));
        }
        List<String> command = Jvm.command(jvmOptions, main.toArray(String[]::new));
        try (ImportProcess process = ImportProcess.start(command, System.getProperty("java.class.path"), folder)) {
            return exactlyOnce
                    ? process.untilCommitted(log, input.records())
                    : process.untilStored(log, input.records());
        }
    }
}
