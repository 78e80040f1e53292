// SPDX-License-Identifier: Apache-2.0
package io.kurier.spring.boot;

import io.kurier.StartException;
import io.kurier.core.KurierBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Kurier's keys among the properties of an environment: what follows {@code kurier.}, as it is written there, with the
 * place that set it. Boot's own binding to a map would lose that place, and of two spellings of one key keep both.
 */
final class EnvironmentKeys {
    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("kurier");
    private static final ConfigurationPropertyName PROVIDERS = ConfigurationPropertyName.of("kurier.config.providers");
    private static final String CONFIG_FILE = "kurier.config-file";

    /** Properties of this starter, the second as an environment variable writes it, and a variable of the launcher. */
    private static final Set<ConfigurationPropertyName> NO_KEYS = Set.of(
            ConfigurationPropertyName.of(CONFIG_FILE),
            ConfigurationPropertyName.of("kurier.config.file"),
            ConfigurationPropertyName.of("kurier.enabled"),
            ConfigurationPropertyName.of("kurier.java.opts"));

    private final ConfigurableEnvironment environment;
    private final Map<ConfigurationPropertyName, Found> found = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * A key as the first of the sources that have it says.
     *
     * @param key without the prefix
     * @param parts its value, or the elements of a list
     * @param isSpelled whether the key is as the configuration spells it, and not made of an environment variable
     */
    private record Found(String key, List<ConfigurationProperty> parts, boolean isSpelled) {
        Found spelled(String as) {
            return new Found(as, parts, true);
        }

        String origin() {
            return place(parts.get(0).getOrigin());
        }
    }

    private EnvironmentKeys(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /** Finds the keys of an environment, of which active profiles are a part. */
    static EnvironmentKeys of(ConfigurableEnvironment environment) {
        EnvironmentKeys keys = new EnvironmentKeys(environment);
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource names) {
                keys.addAll(names);
            }
        }
        return keys;
    }

    private void addAll(IterableConfigurationPropertySource source) {
        boolean isSpelled = !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource);
        Map<ConfigurationPropertyName, Found> ofSource = new LinkedHashMap<>();
        source.stream().filter(PREFIX::isAncestorOf).forEach(name -> {
            int last = name.getNumberOfElements() - 1;
            ConfigurationPropertyName whole = name.isNumericIndex(last) ? name.chop(last) : name;
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property != null && !NO_KEYS.contains(whole) && !whole.equals(PREFIX)) {
                ofSource.computeIfAbsent(whole, added -> new Found(key(added), new ArrayList<>(), isSpelled))
                        .parts()
                        .add(property);
            }
        });
        ofSource.forEach((name, later) -> found.merge(
                name,
                later,
                (first, same) -> first.isSpelled() || !same.isSpelled() ? first : first.spelled(same.key())));
    }

    private static String key(ConfigurationPropertyName name) {
        return IntStream.range(PREFIX.getNumberOfElements(), name.getNumberOfElements())
                .mapToObj(i -> name.getElement(i, Form.ORIGINAL))
                .collect(Collectors.joining("."));
    }

    /**
     * Adds the file that {@code kurier.config-file} names, and the keys, which replace those of the file.
     *
     * @throws StartException if the file cannot be read, or a placeholder cannot be resolved
     */
    void addTo(KurierBuilder builder) {
        String file = environment.getProperty(CONFIG_FILE);
        if (file != null && !file.isBlank()) {
            builder.properties(Path.of(file.strip()));
        }
        Set<String> providers = providers();
        found.values().forEach(each -> {
            String value = value(each, providers);
            if (value != null) {
                builder.override(each.key(), value, each.origin());
            }
        });
        if (!problems.isEmpty()) {
            throw new StartException(problems, null);
        }
    }

    private Set<String> providers() {
        Found providers = found.get(PROVIDERS);
        String named = providers == null ? null : value(providers, Set.of());
        return named == null
                ? Set.of()
                : Arrays.stream(named.split(",")).map(String::strip).collect(Collectors.toSet());
    }

    private @Nullable String value(Found of, Set<String> providers) {
        String text = of.parts().stream()
                .map(part -> environment.getConversionService().convert(part.getValue(), String.class))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(","));
        for (String provider : providers) { // Spring would take what follows the colon for a default
            text = text.replace("${" + provider + ":", "\\${" + provider + ":");
        }
        try {
            return environment.resolveRequiredPlaceholders(text);
        } catch (PlaceholderResolutionException e) { // its message shows the value, which may hold a secret
            problems.add(of.key() + " (" + of.origin() + "): the placeholder ${" + e.getPlaceholder()
                    + "} cannot be resolved. Set the property, or write \\${ for a value that begins so.");
            return null;
        }
    }

    private static String place(@Nullable Origin origin) {
        if (origin instanceof PropertySourceOrigin outer && outer.getOrigin() != null) {
            return place(outer.getOrigin());
        }
        if (origin instanceof TextResourceOrigin text && text.getResource() != null && text.getLocation() != null) {
            String file = text.getResource().getFilename();
            if (file != null) {
                return file + ":" + (text.getLocation().getLine() + 1);
            }
        }
        return String.valueOf(origin);
    }
}
