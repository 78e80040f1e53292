// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.Printable;
import io.kurier.core.internal.config.Setting;
import io.kurier.plugins.host.OffsetStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of {@code kurier run} for where source offsets are stored. */
final class RunOffsets {
    private static final Path DEFAULT = Path.of("kurier.offsets");

    @Option(
            names = "--offsets",
            paramLabel = "FILE",
            description = "The file in which source offsets are stored; kurier.offsets if neither is named.")
    private @Nullable Path file;

    @Option(
            names = "--offsets-topic",
            paramLabel = "TOPIC",
            description =
                    "A compacted topic in which source offsets are stored instead, in the format of Kafka Connect.")
    private @Nullable String topic;

    /** Refuses options that contradict each other, and a file in a folder that is missing. */
    void check(CommandLine command) {
        if (file != null && topic != null) {
            throw new ParameterException(command, "--offsets and --offsets-topic: name one of them");
        }
        if (topic != null && topic.isBlank()) {
            throw new ParameterException(command, "--offsets-topic: the name is empty");
        }
        Path folder = file().toAbsolutePath().getParent();
        if (topic == null && (folder == null || !Files.isDirectory(folder))) {
            throw new ParameterException(command, "--offsets " + file() + ": there is no such folder; create it");
        }
    }

    private Path file() {
        return file == null ? DEFAULT : file;
    }

    /**
     * Returns the storage.
     *
     * @param settings the publisher's, with the keys of the connection
     */
    OffsetStorage storage(List<Setting> settings) {
        if (topic == null) {
            return OffsetStorage.inFile(file());
        }
        Map<String, String> keys = new LinkedHashMap<>();
        settings.forEach(setting -> keys.put(setting.key(), setting.value()));
        return OffsetStorage.inTopic(topic, keys);
    }

    /** Returns where offsets are stored, for people. */
    String shown() {
        return Printable.of(topic == null ? file().toString() : "the topic " + Objects.requireNonNull(topic));
    }
}
