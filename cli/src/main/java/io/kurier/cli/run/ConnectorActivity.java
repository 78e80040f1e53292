// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.run;

import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a connector does at a moment, over all of its tasks.
 *
 * @param name the connector's name
 * @param state for people: the state, and how many tasks are in it if not all are
 * @param records the number of records that were stored
 * @param recordsPerSecond the rate since the moment before
 * @param bytes the size of their values in bytes
 * @param bytesPerSecond the rate since the moment before
 * @param partition the source partition of the task that has moved last; empty if none has yet
 * @param offset the last offset there; empty if there is none
 * @param remainingBytes how much of the source is known and not read; -1 if no task reports it
 * @param rejected the number of records, and of parts of the input, that were left out as invalid
 * @param restarts the number of times that tasks were started again after an error
 * @param error why the connector, or one of its tasks, last failed; null if none did
 * @param failed whether it, or one of its tasks, has failed and is not started again
 * @param ended whether nothing of it will run again by itself
 */
public record ConnectorActivity(
        String name,
        String state,
        long records,
        double recordsPerSecond,
        long bytes,
        double bytesPerSecond,
        Map<String, ?> partition,
        Map<String, ?> offset,
        long remainingBytes,
        long rejected,
        long restarts,
        @Nullable String error,
        boolean failed,
        boolean ended) {
    /** The parts of an offset by which a reader of files knows a file again; they are of no use to people. */
    private static final String FILE_IDENTITY = "file.";

    /** What people look for first. */
    private static final Set<String> FIRST = Set.of("line", "position");

    /** Returns the position in the source as text, such as {@code /var/log/a.log, line 7, position 120}; empty if none. */
    public String position() {
        return position(partition, offset);
    }

    /** Returns a position in a source as text. */
    public static String position(Map<String, ?> partition, @Nullable Map<String, ?> offset) {
        String place = partition.values().stream().map(String::valueOf).collect(Collectors.joining(" "));
        String where = offset == null
                ? ""
                : offset.entrySet().stream()
                        .filter(part -> !part.getKey().startsWith(FILE_IDENTITY))
                        .sorted(Comparator.comparing((Map.Entry<String, ?> part) -> !FIRST.contains(part.getKey()))
                                .thenComparing(Map.Entry::getKey))
                        .map(part -> part.getKey() + " " + part.getValue())
                        .collect(Collectors.joining(", "));
        return place.isEmpty() || where.isEmpty() ? place + where : place + ", " + where;
    }

    /** Returns the same of a connector that has failed. */
    ConnectorActivity asFailed() {
        return new ConnectorActivity(
                name,
                "FAILED",
                records,
                recordsPerSecond,
                bytes,
                bytesPerSecond,
                partition,
                offset,
                remainingBytes,
                rejected,
                restarts,
                error,
                true,
                ended);
    }

    /** Returns the number of errors of any kind. */
    public long errors() {
        return rejected + restarts;
    }
}
