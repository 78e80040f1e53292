// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.deadletters;

import io.kurier.Publisher;
import io.kurier.StartException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
     * Returns a destination: the topic, or else the file, or else the log. It is closed with this object.
     *
     * @param topic the alias of a topic with the serializers {@code bytes}, or null
     * @param file the file, or null
     * @param recordTopic the topic of a part of the input of which no record was made; empty if it is not known
     * @throws StartException if the file cannot be used
     */
    public synchronized DeadLetters of(@Nullable String topic, @Nullable Path file, String recordTopic) {
        if (topic != null) {
            return new GuardedDeadLetters(new TopicDeadLetters(publisher, topic), publisher, recordTopic);
        }
        return file == null
                ? LOGGED
                : new GuardedDeadLetters(
                        files.computeIfAbsent(file.toAbsolutePath().normalize(), FileDeadLetters::open),
                        publisher,
                        recordTopic);
    }

    /** Closes the files. */
    @Override
    public synchronized void close() {
        files.values().forEach(DeadLetters::close);
        files.clear();
    }
}
