// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.properties;

import io.kurier.StartException;
import io.kurier.core.internal.config.Problems;
import io.kurier.core.internal.config.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The properties of connectors, from files as for a Connect worker, in UTF-8, or from code. Immutable.
 *
 * <p>A problem that the host finds names a connector and a key; {@link #located} adds the file and the line.
 */
public final class ConnectorFiles {
    /** The key that makes a properties file one of a connector. */
    public static final String CLASS = "connector.class";

    private static final String OF_CONNECTOR = "connector ";
    private static final String TOPICS = "topics.";
    private static final String CREATION = "topic.creation.default.";

    private final List<ConnectorFile> files;
    private final List<String> problems;

    private ConnectorFiles(List<ConnectorFile> files, List<String> problems) {
        this.files = List.copyOf(files);
        this.problems = List.copyOf(problems);
    }

    /** Reads files. What is wrong with them as files, and a file that cannot be read, is in {@link #problems}. */
    public static ConnectorFiles read(List<Path> paths) {
        List<ConnectorFile> files = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Path path : paths) {
            try {
                Problems ofFile = new Problems();
                files.add(ConnectorFile.read(path, ofFile));
                ofFile.throwIfAny();
            } catch (StartException e) {
                problems.addAll(e.problems());
            }
        }
        return new ConnectorFiles(files, problems);
    }

    /** Takes properties that code sets. */
    public static ConnectorFiles inCode(List<Map<String, String>> properties) {
        return new ConnectorFiles(properties.stream().map(ConnectorFile::inCode).toList(), List.of());
    }

    /** Returns whether settings of a file are those of a connector. */
    public static boolean areOfConnector(Collection<Setting> settings) {
        return settings.stream().anyMatch(setting -> setting.key().equals(CLASS));
    }

    /** Returns what is wrong with the files themselves, in their order. */
    public List<String> problems() {
        return problems;
    }

    /** Returns the properties of each connector, in order, without those of files that have no name or no class. */
    public List<Map<String, String>> properties() {
        return complete().stream().map(ConnectorFile::properties).toList();
    }

    private List<ConnectorFile> complete() {
        return files.stream()
                .filter(file -> file.isInCode() || file.isComplete())
                .toList();
    }

    /**
     * Returns a problem that begins with a connector, and maybe its key, with the file and the line of them; with those
     * of all files, if several have the connector's name.
     */
    public String located(String problem) {
        for (ConnectorFile file : files) {
            String connector = OF_CONNECTOR + file.name();
            if (file.isInCode() || !file.isComplete()) {
                continue;
            }
            if (problem.startsWith(connector + ": ")) {
                return connector + " (" + sources(file.name(), "") + ")" + problem.substring(connector.length());
            }
            int end = problem.indexOf(": ");
            if (end > 0 && problem.startsWith(connector + ", ")) {
                String key = problem.substring(connector.length() + 2, end);
                return problem.substring(0, end) + " (" + sources(file.name(), key) + ")" + problem.substring(end);
            }
        }
        return problem;
    }

    private String sources(String connector, String key) {
        return complete().stream()
                .filter(file -> file.name().equals(connector))
                .map(file -> file.source(key))
                .collect(Collectors.joining(", "));
    }

    /** Returns the file and the line of a connector's key, or the file alone if it is not set there. */
    public String source(String connector, String key) {
        return complete().stream()
                .filter(file -> file.name().equals(connector))
                .findFirst()
                .map(file -> file.source(key))
                .orElse("code");
    }

    /**
     * Returns where a key that was derived from connectors comes from.
     *
     * @param topic the topic whose key it is; empty if it is a key of the publisher
     * @param key the derived key, such as {@code topics.orders.partitions}
     */
    public String sourceOfDerived(String topic, String key) {
        String prefix = TOPICS + topic + ".";
        String word = key.startsWith(prefix) ? key.substring(prefix.length()) : key;
        List<String> names =
                List.of(word, CREATION + (word.startsWith("config.") ? word.substring("config.".length()) : word));
        List<ConnectorFile> publishing = complete().stream()
                .filter(file -> topic.isEmpty() || file.properties().containsValue(topic))
                .toList();
        return publishing.stream()
                .flatMap(file ->
                        names.stream().filter(file.settings()::containsKey).map(file::source))
                .findFirst()
                .orElseGet(() -> publishing.stream()
                        .map(file -> file.source(word))
                        .findFirst()
                        .orElse("code"));
    }
}
