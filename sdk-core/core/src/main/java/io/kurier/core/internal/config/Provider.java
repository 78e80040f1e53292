// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/** The config providers that may be used: those of Kafka that read from this machine and run no foreign code. */
enum Provider {
    ENV(
            EnvVarConfigProvider::new,
            EnvVarConfigProvider.ALLOWLIST_PATTERN_CONFIG,
            "${env:NAME} or ${env:NAME:default}") {
        @Override
        String missing(String path, String name) {
            return System.getenv(name) == null
                    ? "there is no environment variable " + name
                    : "the environment variable " + name + " does not match "
                            + param(EnvVarConfigProvider.ALLOWLIST_PATTERN_CONFIG);
        }
    },
    FILE(FileConfigProvider::new, FileConfigProvider.ALLOWED_PATHS_CONFIG, "${file:/path/of/a.properties:KEY}") {
        @Override
        String missing(String path, String name) {
            return switch (kindOf(path)) {
                case NOTHING -> "there is no file " + path;
                case FOLDER -> path + " is a directory, not a properties file";
                case OTHER -> path + " is not a regular file of at most " + (LARGEST >> 20) + " MiB";
                case FILE -> "there is no key " + name + " in the file " + path;
            };
        }
    },
    DIR(DirectoryConfigProvider::new, DirectoryConfigProvider.ALLOWED_PATHS_CONFIG, "${dir:/path:FILE}") {
        @Override
        String missing(String path, String name) {
            if (kindOf(path) != PathKind.FOLDER) {
                return "there is no directory " + path;
            }
            return kindOf(path + File.separator + name) == PathKind.OTHER
                    ? name + " in the directory " + path + " is not a regular file of at most " + (LARGEST >> 20)
                            + " MiB"
                    : "there is no file " + name + " in the directory " + path;
        }
    };

    private final Supplier<ConfigProvider> maker;
    private final String param;
    private final String example;

    Provider(Supplier<ConfigProvider> maker, String param, String example) {
        this.maker = maker;
        this.param = param;
        this.example = example;
    }

    /** The kind of file at a path. */
    enum PathKind {
        NOTHING,
        FILE,
        FOLDER,

        /** A pipe, a device, or a file that is too large to be read as a whole. */
        OTHER
    }

    /** The maximum number of bytes of a file that are read for one value. */
    static final int LARGEST = 1 << 20;

    /** Returns whether a path exists for the provider; Kafka's providers log a stack trace otherwise. */
    boolean canAsk(String path, String name) {
        return switch (this) {
            case ENV -> true;
            case FILE -> kindOf(path) == PathKind.FILE;
            case DIR -> kindOf(path) == PathKind.FOLDER && kindOf(path + File.separator + name) == PathKind.FILE;
        };
    }

    /** Returns the reason why a variable has no value, for a provider that is allowed to read there. */
    abstract String missing(String path, String name);

    static Optional<Provider> named(String word) {
        return Arrays.stream(values())
                .filter(provider -> provider.word().equals(word))
                .findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Provider::word).toList();
    }

    /** Returns the name that users write. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the only parameter of the provider. */
    String param() {
        return param;
    }

    String example() {
        return example;
    }

    boolean readsPaths() {
        return this != ENV;
    }

    ConfigProvider make() {
        return maker.get();
    }

    String param(String name) {
        return PublisherKeys.PROVIDER_PREFIX + word() + ".param." + name;
    }

    static PathKind kindOf(String path) {
        try {
            Path at = new File(path).toPath();
            if (Files.isDirectory(at)) {
                return PathKind.FOLDER;
            }
            if (!Files.exists(at)) {
                return PathKind.NOTHING;
            }
            return Files.isRegularFile(at) && Files.size(at) <= LARGEST ? PathKind.FILE : PathKind.OTHER;
        } catch (InvalidPathException | IOException e) {
            return PathKind.NOTHING;
        }
    }
}
