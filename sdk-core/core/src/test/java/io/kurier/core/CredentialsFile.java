// SPDX-License-Identifier: Apache-2.0
package io.kurier.core;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.broker.LocalBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;

/** The properties file of a publisher with one topic of text, whose credentials a test changes while it runs. */
final class CredentialsFile {
    static final Topic<String, String> LETTERS = Topic.of("letters", String.class, String.class);

    private final Path file;
    private final Properties keys = new Properties();

    /** Writes a file with the keys of a client, for a topic of that physical name. */
    CredentialsFile(Path folder, Map<String, String> client, String topic) {
        this.file = folder.resolve("kurier.properties");
        set(Map.of(
                "topics.letters.name",
                topic,
                "topics.letters.value.serializer",
                "text",
                "topics.management",
                "create",
                "topics",
                "letters"));
        set(client);
    }

    Path path() {
        return file;
    }

    /** Sets keys, and writes the file. */
    CredentialsFile set(Map<String, String> more) {
        keys.putAll(more);
        return write();
    }

    /** Takes a key out, and writes the file. */
    CredentialsFile remove(String key) {
        keys.remove(key);
        return write();
    }

    /** Makes the publisher log in as a user. */
    CredentialsFile logIn(LocalBroker broker, String user) {
        return set(broker.clientProperties(user));
    }

    private CredentialsFile write() {
        try {
            Path written = file.resolveSibling("kurier.properties.new");
            try (Writer writer = Files.newBufferedWriter(written, StandardCharsets.UTF_8)) {
                keys.store(writer, null);
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Publisher start() {
        return Kurier.start(file, LETTERS);
    }
}
