// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import io.kurier.StartException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import org.apache.kafka.common.config.ConfigTransformer;

/**
 * The settings of a start with the files that some of them came from, so that a running publisher can read its
 * configuration again. Immutable.
 */
public final class ConfigSources {
    private final List<Setting> settings;
    private final List<String> codeAliases;

    /**
     * Notes where a configuration comes from.
     *
     * @param settings from all sources
     * @param codeAliases aliases of topics that code declares
     */
    public ConfigSources(Collection<Setting> settings, Collection<String> codeAliases) {
        this.settings = List.copyOf(settings);
        this.codeAliases = List.copyOf(codeAliases);
    }

    /** Makes the configuration of the settings as they were read for the start; see {@link ConfigReader#read}. */
    public PublisherConfig first(Problems problems) {
        return ConfigReader.read(settings, codeAliases, problems);
    }

    /**
     * Reads the files and the values of config providers again. Settings of code are as they were. A setting stays with
     * the source that had its key at the start, so that what was overridden then is overridden now; a key that is new,
     * or has left its source, is taken from the last file that has it.
     *
     * @throws StartException with everything that is wrong
     */
    public PublisherConfig again() {
        Problems problems = new Problems();
        PublisherConfig config = ConfigReader.read(current(), codeAliases, problems);
        problems.throwIfAny();
        return config;
    }

    private List<Setting> current() {
        Map<Path, List<Setting>> files = new LinkedHashMap<>();
        List<Setting> current = new ArrayList<>();
        for (Setting setting : settings) {
            if (setting.file() == null) {
                current.add(setting);
            } else {
                files.computeIfAbsent(setting.file(), PropertiesFile::read);
            }
        }
        Set<String> taken = new HashSet<>();
        current.forEach(setting -> taken.add(setting.key()));
        Map<String, Set<Path>> owners = new HashMap<>();
        settings.stream()
                .filter(setting -> setting.file() != null)
                .forEach(setting -> owners.computeIfAbsent(setting.key(), key -> new HashSet<>())
                        .add(setting.file()));
        Map<String, Path> last = new HashMap<>();
        files.forEach((file, read) -> read.forEach(setting -> {
            if (owners.getOrDefault(setting.key(), Set.of()).contains(file)) {
                taken.add(setting.key());
                current.add(setting);
            } else {
                last.put(setting.key(), file);
            }
        }));
        files.forEach((file, read) -> read.stream()
                .filter(setting -> !taken.contains(setting.key()) && file.equals(last.get(setting.key())))
                .forEach(current::add));
        return current;
    }

    /**
     * Returns the files on which the connection of a configuration depends: properties files, those of the providers
     * {@code file} and {@code dir}, key stores, and files that are named by a URL, such as a token's.
     *
     * @param config what these sources have returned
     */
    public Set<Path> files(PublisherConfig config) {
        Set<Path> files = new LinkedHashSet<>();
        settings.stream().map(Setting::file).filter(Objects::nonNull).forEach(files::add);
        for (Setting setting : config.settings().values()) {
            if (Keys.isRotated(setting.key())) {
                setting.variables().forEach(variable -> addProvided(variable, files));
                addNamed(setting, files);
            }
        }
        return files;
    }

    private static void addProvided(String text, Set<Path> files) {
        Matcher variable = ConfigTransformer.DEFAULT_PATTERN.matcher(text);
        if (variable.matches() && variable.group(3) != null) {
            if (variable.group(1).equals(Provider.FILE.word())) {
                add(variable.group(3), files);
            } else if (variable.group(1).equals(Provider.DIR.word())) {
                add(variable.group(3) + "/" + variable.group(4), files);
            }
        }
    }

    private static void addNamed(Setting setting, Set<Path> files) {
        if (setting.key().endsWith(".location") || setting.key().endsWith(".file")) {
            add(setting.value(), files);
        } else if (setting.key().endsWith(".url") && setting.value().startsWith("file:")) {
            try {
                files.add(Path.of(new URI(setting.value())).toAbsolutePath());
            } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
                // Kafka refuses it, and says so
            }
        }
    }

    private static void add(String path, Set<Path> files) {
        try {
            files.add(Path.of(path).toAbsolutePath());
        } catch (InvalidPathException e) {
            // Kafka refuses it, and says so
        }
    }
}
