// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads {@code config.providers} and the keys under it: the providers that may be used, and what they may read. */
final class ProviderKeys {
    private final Problems problems;

    ProviderKeys(Problems problems) {
        this.problems = problems;
    }

    /** Returns the listed providers, each with its parameter's value or an empty string. */
    Map<Provider, String> read(@Nullable Setting listed, List<Setting> settings) {
        Set<Provider> usable = listed(listed);
        Map<Provider, String> params = new EnumMap<>(Provider.class);
        usable.forEach(provider -> params.put(provider, ""));
        for (Setting setting : settings) {
            if (isWritten(setting)) {
                param(setting, params);
            }
        }
        return params;
    }

    private Set<Provider> listed(@Nullable Setting listed) {
        Set<Provider> usable = EnumSet.noneOf(Provider.class);
        if (listed == null || !isWritten(listed)) {
            return usable;
        }
        for (String word :
                new ValueParser(problems).list(listed, "a provider is empty. Separate them by single commas.", true)) {
            Provider.named(word)
                    .ifPresentOrElse(
                            usable::add,
                            () -> problems.add(
                                    listed,
                                    "\"" + word + "\" is not allowed. Allowed: " + String.join(", ", Provider.words())
                                            + "." + Suggestion.question(word, Provider.words())));
        }
        return usable;
    }

    /** Providers cannot be configured by values that they provide. */
    private boolean isWritten(Setting setting) {
        if (setting.value().contains("${")) {
            problems.add(setting, "cannot hold a variable. Write the value out.");
            return false;
        }
        return setting.isUsable();
    }

    private void param(Setting setting, Map<Provider, String> params) {
        String rest = setting.key().substring(PublisherKeys.PROVIDER_PREFIX.length());
        String word = rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
        Provider provider = Provider.named(word).orElse(null);
        if (provider == null) {
            problems.unknownKey(setting, "", params());
        } else if (setting.key().equals(PublisherKeys.PROVIDER_PREFIX + word + ".class")) {
            problems.add(
                    setting,
                    "the class cannot be chosen: " + word + " is always Kafka's "
                            + provider.make().getClass().getSimpleName() + ". Remove the key.");
        } else if (!setting.key().equals(provider.param(provider.param()))) {
            problems.unknownKey(setting, "", List.of(provider.param(provider.param())));
        } else if (!params.containsKey(provider)) {
            problems.add(setting, "set, but " + PublisherKeys.PROVIDERS + " does not name " + word + ". Add it there.");
        } else {
            String wrong = provider.readsPaths() ? wrongPaths(setting.value()) : wrongPattern(setting.value());
            if (wrong == null) {
                params.put(provider, setting.value());
            } else {
                problems.add(setting, wrong);
                params.remove(provider); // it is not known what it may read, so it reads nothing
            }
        }
    }

    private static List<String> params() {
        return Arrays.stream(Provider.values())
                .map(provider -> provider.param(provider.param()))
                .toList();
    }

    private static @Nullable String wrongPattern(String value) {
        if (value.isEmpty()) {
            return "empty, which would allow every variable. Remove the key if that is meant.";
        }
        try {
            Pattern unused = Pattern.compile(value);
            return null;
        } catch (PatternSyntaxException e) {
            return "\"" + value + "\" is not a regular expression: " + e.getDescription() + ".";
        }
    }

    private static @Nullable String wrongPaths(String value) {
        if (value.isEmpty()) {
            return "empty, which would allow every path. Remove the key if that is meant.";
        }
        for (String path : value.split(",", -1)) {
            try {
                if (!Path.of(path).isAbsolute() || !Files.exists(Path.of(path))) {
                    return "\"" + path + "\" is not an absolute path that exists.";
                }
            } catch (InvalidPathException e) {
                return "\"" + path + "\" is not a path.";
            }
        }
        return null;
    }
}
