// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The main program of a process that reads the files of a folder with a connector, and keeps its offsets in a file. */
final class ImportChild {
    static final String TOPIC = "imported";
    static final String BEGUN = "begun";

    private ImportChild() {}

    /** Arguments: the broker's address, the folder, the file of offsets. */
    public static void main(String[] arguments) throws Exception {
        Parent parent = Parent.connect();
        parent.say(BEGUN, 1);
        ConnectorChild.run(
                parent,
                arguments[0],
                Path.of(arguments[2]),
                Duration.ofMillis(100),
                Map.of(
                        "name", "lines",
                        "connector.class", "TextSourceConnector",
                        "tasks.max", "2",
                        "path", arguments[1],
                        "topic", TOPIC,
                        "scan.interval.ms", "20",
                        "batch.records", "100",
                        "topic.creation.default.partitions", "1"));
    }
}
