// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.deadletters;

import io.kurier.Publisher;
import io.kurier.StartException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The destinations of dead letters of one host's connectors, which share a topic or a file if they name the same. Safe
 * for use by several threads.
 */
public final class DeadLetterDestinations implements AutoCloseable {
    /** The key for the topic, as in Connect. */
    public static final String TOPIC = "errors.deadletterqueue.topic.name";

    /** The key for the replication factor with which the topic is created, as in Connect. */
    public static final String REPLICATION_FACTOR = "errors.deadletterqueue.topic.replication.factor";

    /** The key for the file, which Connect does not have. */
    public static final String FILE = "errors.deadletterqueue.file";

    private static final DeadLetters LOGGED = new LoggedDeadLetters();

    private final Publisher publisher;
    private final Map<Path, DeadLetters> files = new HashMap<>();

    /** Makes destinations, of which none is open. */
    public DeadLetterDestinations(Publisher publisher) {
        this.publisher = publisher;
    }

    /**
     * Returns the destination that a connector's properties name; the log, if they name none. It is closed with this
     * object.
     *
     * @throws StartException if they name both a topic and a file, or the file cannot be used
     */
    public synchronized DeadLetters of(String connector, Map<String, String> properties) {
        String topic = properties.getOrDefault(TOPIC, "").strip();
        String file = properties.getOrDefault(FILE, "").strip();
        if (!topic.isEmpty() && !file.isEmpty()) {
            throw new StartException(
                    "connector " + connector + ", " + FILE + ": set, and " + TOPIC
                            + " as well. Dead letters have one destination: remove one of the two.",
                    null);
        }
        if (!topic.isEmpty()) {
            return new GuardedDeadLetters(new TopicDeadLetters(publisher, topic), publisher, properties);
        }
        return file.isEmpty()
                ? LOGGED
                : new GuardedDeadLetters(
                        files.computeIfAbsent(path(connector, file), FileDeadLetters::open), publisher, properties);
    }

    private static Path path(String connector, String file) {
        try {
            return Path.of(file).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new StartException(
                    "connector " + connector + ", " + FILE + ": \"" + file + "\" is no path: " + e.getReason(), e);
        }
    }

    /** Closes the files. */
    @Override
    public synchronized void close() {
        files.values().forEach(DeadLetters::close);
        files.clear();
    }
}
