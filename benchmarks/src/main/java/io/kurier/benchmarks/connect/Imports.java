// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.connect;

import io.kurier.broker.ClusterAdmin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Utils;

/** Takes turns: each with a topic and a folder of its own, which are deleted after it. Used by one thread. */
final class Imports {
    private final ClusterAdmin admin;
    private final String bootstrap;
    private final Path folder;
    private int turns;

    /**
     * Creates a way to take turns.
     *
     * @param folder the folder below which processes have their files
     */
    Imports(ClusterAdmin admin, String bootstrap, Path folder) {
        this.admin = admin;
        this.bootstrap = bootstrap;
        this.folder = folder;
    }

    /**
     * Takes one turn.
     *
     * @throws IllegalStateException if the topic does not have exactly the values of the input afterwards
     */
    Turn take(Importer importer, Input input) {
        turns++;
        try (TopicLog log = TopicLog.create(admin, bootstrap, "turn-" + turns)) {
            Path files = Files.createDirectory(folder.resolve("turn-" + turns));
            Importer.Use use = importer.run(input, log, files);
            Utils.delete(files.toFile());
            TopicLog.Content content = log.read();
            if (!content.values().isSameAs(input.values())) {
                throw new IllegalStateException(importer.row() + ", " + input.title() + ": the topic has "
                        + content.values() + ", and the input " + input.values());
            }
            return Turn.of(input, use, content);
        } catch (IOException e) {
            throw new UncheckedIOException("a turn of " + importer.row() + " has no place for its files", e);
        }
    }
}
