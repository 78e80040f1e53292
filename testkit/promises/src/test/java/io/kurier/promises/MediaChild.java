// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import java.time.Duration;
import java.util.Map;

/** The main program of a process that publishes the files of a folder as blobs. */
final class MediaChild {
    static final String TOPIC = "films";

    private MediaChild() {}

    /** Arguments: the broker's address, the folder, the file of offsets or {@link ConnectorChild#EXACTLY_ONCE}. */
    public static void main(String[] arguments) throws Exception {
        ConnectorChild.run(
                Parent.connect(),
                arguments[0],
                arguments[2],
                Duration.ofMillis(20),
                Map.of(
                        "name", "films",
                        "connector.class", "MediaSourceConnector",
                        "path", arguments[1],
                        "topic", TOPIC,
                        "scan.interval.ms", "20",
                        "batch.records", "10",
                        "chunk.bytes", "20000",
                        "topic.creation.default.partitions", "1",
                        // a file is not read to its end while its first chunks are under way
                        "producer.override.buffer.memory", "500000"));
    }
}
