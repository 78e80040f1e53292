// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import java.time.Duration;
import java.util.Map;

/** The main program of a process that reads the files of a folder with a connector. */
final class ImportChild {
    static final String TOPIC = "imported";
    static final String BEGUN = "begun";

    private ImportChild() {}

    /**
     * Arguments: the broker's address, the folder, the file of offsets or {@link ConnectorChild#EXACTLY_ONCE}, and
     * optionally a {@link Failpoint} and which time it halts the process there.
     */
    public static void main(String[] arguments) throws Exception {
        Parent parent = Parent.connect();
        parent.say(BEGUN, 1);
        boolean hasFailpoint = arguments.length > 3;
        if (hasFailpoint) {
            Failpoint.arm(Failpoint.valueOf(arguments[3]), Integer.parseInt(arguments[4]), parent);
        }
        ConnectorChild.run(
                parent,
                arguments[0],
                arguments[2],
                Duration.ofMillis(100),
                Map.of(
                        "name", "lines",
                        "connector.class", hasFailpoint ? FailpointConnector.class.getName() : "TextSourceConnector",
                        "tasks.max", "2",
                        "path", arguments[1],
                        "topic", TOPIC,
                        "scan.interval.ms", "20",
                        "batch.records", "100",
                        "topic.creation.default.partitions", "1"));
    }
}
