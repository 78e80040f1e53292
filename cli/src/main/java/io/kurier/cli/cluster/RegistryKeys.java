// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.cluster;

import io.kurier.Printable;
import io.kurier.StartException;
import io.kurier.core.internal.config.ConfigReader;
import io.kurier.core.internal.config.PropertiesFile;
import io.kurier.core.internal.config.Setting;
import io.kurier.core.internal.config.Suggestion;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/** The keys of a registry's client, as a user of the command gives them. */
public final class RegistryKeys {
    private static final String ADDRESS = "schema.registry.url";

    /** What stands before the keys of a framing in the configuration of a publisher or of a plain Kafka client. */
    private static final Pattern FRAMING = Pattern.compile("(?:.+\\.)?framing\\.[^.]+\\.(.+)");

    private final ConfigDef keys;

    /**
     * Creates it.
     *
     * @param keys the definition of the client's keys
     */
    public RegistryKeys(ConfigDef keys) {
        this.keys = keys;
    }

    /**
     * Returns the configuration of the client.
     *
     * @param file has some of the keys; null for none
     * @param address replaces that of the file; null for none
     * @param options texts {@code KEY=VALUE}, which replace keys of the file
     * @throws StartException if the file cannot be read, or has two values for one key
     * @throws IllegalArgumentException if an option is wrong
     * @throws org.apache.kafka.common.config.ConfigException if a value is wrong
     */
    public AbstractConfig config(@Nullable Path file, @Nullable String address, List<String> options) {
        Map<String, String> values = new LinkedHashMap<>();
        ofFile(file).forEach((key, setting) -> values.put(key, setting.value()));
        ofOptions(options).forEach(values::put);
        if (address != null) {
            values.put(ADDRESS, address);
        }
        if (!values.containsKey(ADDRESS)) {
            throw new StartException(
                    "no registry is named; name it by --registry URL"
                            + (file == null ? "" : ", or by " + ADDRESS + " in " + file),
                    null);
        }
        return new AbstractConfig(keys, values, false);
    }

    private Map<String, String> ofOptions(List<String> options) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String option : options) {
            int end = option.indexOf('=');
            if (end < 1) {
                throw new IllegalArgumentException("--set: it has the form KEY=VALUE");
            }
            String key = option.substring(0, end).strip();
            if (!keys.names().contains(key)) {
                throw new IllegalArgumentException("--set " + Printable.brief(key)
                        + ": a registry's client has no such key." + Suggestion.question(key, keys.names()));
            }
            if (values.put(key, option.substring(end + 1)) != null) {
                throw new IllegalArgumentException("--set " + Printable.brief(key) + ": the key is set twice");
            }
        }
        return values;
    }

    private Map<String, Setting> ofFile(@Nullable Path file) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        if (file == null) {
            return settings;
        }
        Collection<Setting> all = ConfigReader.provided(
                PropertiesFile.read(file), key -> keys.names().contains(own(key)));
        for (Setting setting : all) {
            String key = own(setting.key());
            Setting before = settings.putIfAbsent(key, setting);
            if (before != null && !Objects.equals(before.value(), setting.value())) {
                throw new StartException(
                        setting + ": another value than that of " + before
                                + ", so it is not known which registry is meant; give this command a file with one",
                        null);
            }
        }
        return settings;
    }

    private static String own(String key) {
        Matcher framing = FRAMING.matcher(key);
        return framing.matches() ? framing.group(1) : key;
    }
}
