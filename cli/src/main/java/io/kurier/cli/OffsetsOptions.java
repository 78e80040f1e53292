// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.Printable;
import io.kurier.plugins.host.internal.offsets.BackingStoreException;
import io.kurier.plugins.host.internal.offsets.FileBackingStore;
import io.kurier.plugins.host.internal.offsets.OffsetBackingStore;
import io.kurier.plugins.host.internal.offsets.OffsetJson;
import io.kurier.plugins.host.internal.offsets.OffsetKey;
import io.kurier.plugins.host.internal.offsets.TopicBackingStore;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of commands that use stored source offsets: where these are. */
final class OffsetsOptions {
    @Option(names = "--file", paramLabel = "FILE", description = "The file in which a host keeps its source offsets.")
    private @Nullable Path file;

    @Option(
            names = "--topic",
            paramLabel = "T",
            description = "The topic in which a host or a Connect cluster (offset.storage.topic) keeps them. It needs"
                    + " --bootstrap or --config.")
    private @Nullable String topic;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    /** Returns the store that is named; it is to be closed. */
    OffsetBackingStore store(CommandLine command) {
        if ((file == null) == (topic == null)) {
            throw new ParameterException(command, "name either a file by --file FILE, or a topic by --topic T");
        }
        if (file != null) {
            if (file.toString().isEmpty()) {
                throw new ParameterException(command, "--file: the name is empty");
            }
            return new FileBackingStore(file);
        }
        return new TopicBackingStore(String.valueOf(topic), cluster.keys().settings());
    }

    /**
     * Returns what is stored, by connector and partition.
     *
     * @throws CommandFailure if there is no such store or it cannot be read
     */
    Map<OffsetKey, Map<String, Object>> peek(OffsetBackingStore store) {
        return guarded(ExitCode.USAGE, () -> sorted(store.peek()));
    }

    /**
     * Returns what is stored as {@link #peek} does, where no running host uses it.
     *
     * @throws CommandFailure if a host runs with that file too
     */
    Map<OffsetKey, Map<String, Object>> peekAtRest(OffsetBackingStore store) {
        Map<OffsetKey, Map<String, Object>> offsets = peek(store);
        if (file == null) {
            return offsets; // others that use a topic cannot be noticed, and opening it needs the right to write
        }
        return open(store);
    }

    /**
     * Opens a store, which is created if there is none.
     *
     * @throws CommandFailure if it cannot be used, or a running host uses it
     */
    Map<OffsetKey, Map<String, Object>> open(OffsetBackingStore store) {
        return guarded(ExitCode.USAGE, () -> sorted(store.open()));
    }

    /**
     * Stores changes.
     *
     * @throws CommandFailure if they may not be stored
     */
    void write(OffsetBackingStore store, Map<OffsetKey, @Nullable Map<String, ?>> changes) {
        guarded(ExitCode.DIFFERS, () -> {
            store.write(changes);
            return true;
        });
    }

    private static <T> T guarded(int exitCode, Supplier<T> work) {
        try {
            return work.get();
        } catch (BackingStoreException e) {
            throw new CommandFailure(exitCode, String.valueOf(e.getMessage()), e);
        }
    }

    private static Map<OffsetKey, Map<String, Object>> sorted(Map<OffsetKey, Map<String, Object>> offsets) {
        Map<OffsetKey, Map<String, Object>> sorted = new LinkedHashMap<>();
        offsets.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<OffsetKey, ?> entry) ->
                                entry.getKey().connector())
                        .thenComparing(entry ->
                                OffsetJson.object(entry.getKey().partition()).toString()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    /**
     * Returns the offsets of one connector.
     *
     * @throws CommandFailure if there are none
     */
    static Map<OffsetKey, Map<String, Object>> of(String connector, Map<OffsetKey, Map<String, Object>> offsets) {
        Map<OffsetKey, Map<String, Object>> found = new LinkedHashMap<>();
        offsets.forEach((key, offset) -> {
            if (key.connector().equals(connector)) {
                found.put(key, offset);
            }
        });
        if (found.isEmpty()) {
            String others =
                    offsets.keySet().stream()
                            .map(OffsetKey::connector)
                            .collect(Collectors.toCollection(TreeSet::new))
                            .stream()
                            .limit(10)
                            .map(Printable::brief)
                            .collect(Collectors.joining(", "));
            throw new CommandFailure(
                    ExitCode.DIFFERS,
                    "--connector " + Printable.brief(connector) + ": there is no source offset of it; "
                            + (others.isEmpty() ? "none is stored at all" : "there are some of " + others),
                    null);
        }
        return found;
    }
}
