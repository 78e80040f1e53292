// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces variables such as {@code ${env:PASSWORD}} in settings by their values, as Kafka's {@link ConfigTransformer}
 * does, except that a variable without a value is a problem: Kafka would use its text as if it were the value.
 */
final class ProvidedValues implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProvidedValues.class);

    private final Map<Provider, String> params;
    private final Map<Provider, ConfigProvider> open = new EnumMap<>(Provider.class);
    private final Set<String> provided = new LinkedHashSet<>();
    private final Problems problems;

    /**
     * Creates it for the providers that configuration lists.
     *
     * @param params the providers, each with its parameter's value or an empty string
     */
    ProvidedValues(Map<Provider, String> params, Problems problems) {
        this.params = params;
        this.problems = problems;
    }

    /** Returns every text that a provider has returned. */
    Set<String> provided() {
        return provided;
    }

    /**
     * Returns the setting with its variables replaced; with a defect, which is reported, if one of them has no value.
     */
    Setting resolve(Setting setting) {
        if (!setting.isUsable() || !setting.value().contains("${")) {
            return setting;
        }
        Matcher variable = ConfigTransformer.DEFAULT_PATTERN.matcher(setting.value());
        StringBuilder value = new StringBuilder();
        List<String> variables = new ArrayList<>();
        boolean sound = true;
        while (variable.find()) {
            String found = value(setting, variable);
            sound &= found != null;
            if (found != null) {
                variables.add(variable.group());
                variable.appendReplacement(value, Matcher.quoteReplacement(found));
            }
        }
        if (!sound) {
            return setting.withDefect("a variable has no value");
        }
        variable.appendTail(value);
        return variables.isEmpty()
                ? setting
                : setting.withValue(value.toString().strip(), variables);
    }

    /** Returns the value of a variable, or null if that is a problem. */
    private @Nullable String value(Setting setting, Matcher variable) {
        String word = variable.group(1);
        Provider provider = Provider.named(word).orElse(null);
        if (provider == null) {
            // the text may be a piece of a password
            String shown = setting.isSecret() ? "a variable" : variable.group();
            problems.add(
                    setting,
                    shown + " is not of a provider that is allowed. Allowed: " + String.join(", ", Provider.words())
                            + "." + (setting.isSecret() ? "" : Suggestion.question(word, Provider.words())));
            return null;
        }
        if (!params.containsKey(provider)) {
            problems.add(
                    setting,
                    variable.group() + " needs the provider " + word + ". Add it to " + PublisherKeys.PROVIDERS + ".");
            return null;
        }
        String path = variable.group(3) == null ? "" : variable.group(3);
        String name = variable.group(4);
        if (provider == Provider.ENV && !path.isEmpty() && !path.contains("/")) { // ${env:NAME:default}
            String otherwise = name;
            name = path;
            path = "";
            if (System.getenv(name) == null) {
                return otherwise; // a text that is written in the configuration is not a secret of a provider
            }
        }
        if (name.isEmpty() || path.isEmpty() == provider.readsPaths()) {
            problems.add(setting, variable.group() + " is not of the form " + provider.example() + ".");
            return null;
        }
        if (!isAllowed(provider, path, name)) {
            problems.add(
                    setting,
                    variable.group() + ": " + path + " is not within " + provider.param(provider.param()) + ".");
            return null;
        }
        String found = null;
        String reason = provider.missing(path, name);
        try {
            if (provider.canAsk(path, name)) {
                found = open.computeIfAbsent(provider, this::open)
                        .get(path, Set.of(name))
                        .data()
                        .get(name);
            }
        } catch (RuntimeException e) {
            // not with Kafka's message, which may show what it could read
            LOG.debug(
                    "the config provider {} has failed: {}", word, e.getClass().getName());
            reason = path + " cannot be read";
        }
        if (found == null) {
            problems.add(setting, variable.group() + ": " + reason + ".");
        } else {
            provided.add(found);
        }
        return found;
    }

    /** Checks the names as written, and for a file also the target of its links. */
    private boolean isAllowed(Provider provider, String path, String name) {
        String allowed = params.getOrDefault(provider, "");
        if (!provider.readsPaths() || allowed.isEmpty()) {
            return true;
        }
        try {
            Path asked = Path.of(path).normalize();
            Path file = provider == Provider.DIR ? asked.resolve(name) : asked;
            for (String word : allowed.split(",", -1)) {
                Path folder = Path.of(word).normalize();
                if (asked.startsWith(folder)
                        && (!Files.exists(file) || file.toRealPath().startsWith(folder.toRealPath()))) {
                    return true;
                }
            }
        } catch (InvalidPathException | IOException e) {
            LOG.debug("a path cannot be followed: {}", e.getClass().getName());
        }
        return false;
    }

    private ConfigProvider open(Provider provider) {
        ConfigProvider opened = provider.make();
        String param = params.getOrDefault(provider, "");
        opened.configure(param.isEmpty() ? Map.of() : Map.of(provider.param(), param));
        return opened;
    }

    @Override
    public void close() {
        for (ConfigProvider provider : open.values()) {
            try {
                provider.close();
            } catch (IOException e) {
                LOG.warn("a config provider cannot be closed", e);
            }
        }
    }
}
