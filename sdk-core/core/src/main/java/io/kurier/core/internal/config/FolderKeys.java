// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys that name folders of plugins and the digests of their jars: {@code plugin.path} and {@code
 * plugin.sha256}. The content of the folders is not read here.
 */
final class FolderKeys {
    private final Problems problems;

    FolderKeys(Problems problems) {
        this.problems = problems;
    }

    PluginPath read(@Nullable Setting setting, @Nullable Setting pinned) {
        PluginPins pins = pinned == null || !pinned.isUsable() ? null : pins(pinned);
        if (setting == null || !setting.isUsable()) {
            if (setting == null && pinned != null) {
                problems.add(
                        pinned,
                        "set, but " + PublisherKeys.PLUGIN_PATH + " is not. Name the folders of plugins there.");
            }
            return PluginPath.NONE;
        }
        Set<Path> folders = new LinkedHashSet<>();
        List<String> words =
                new ValueParser(problems).list(setting, "a folder without a name. Take one of the commas away.", false);
        for (String word : words) {
            Path folder = folder(setting, word);
            if (folder != null) {
                folders.add(folder);
            }
        }
        return new PluginPath(List.copyOf(folders), !setting.isSecret(), pins);
    }

    private @Nullable PluginPins pins(Setting setting) {
        if (setting.value().isEmpty()) {
            problems.add(setting, "empty. Set it, or remove the key.");
            return null;
        }
        String named = setting.isSecret() ? setting.quoted() : "\"" + setting.value() + "\"";
        try {
            Path file = Path.of(setting.value());
            if (Files.isRegularFile(file)) {
                return PluginPins.read(file, setting, named, problems);
            }
            problems.add(
                    setting,
                    named + " is not a file" + from(setting, file)
                            + ". Write it with sha256sum in the folder of plugins, and keep it outside of that.");
        } catch (InvalidPathException e) {
            problems.add(setting, named + " is not the name of a file. Correct it.");
        }
        return null;
    }

    /** Returns the real path, so that a folder that is named twice, or through a link, is read once. */
    private @Nullable Path folder(Setting setting, String word) {
        String named = setting.isSecret() ? setting.quoted() : "\"" + word + "\"";
        try {
            Path folder = Path.of(word);
            if (!Files.exists(folder)) {
                problems.add(
                        setting,
                        named + " is not there" + from(setting, folder)
                                + ". Make the folder, or correct the name; a comma separates two folders.");
            } else if (!Files.isDirectory(folder)) {
                problems.add(setting, named + " is not a folder. Name the folder that the plugins are in.");
            } else if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
                problems.add(setting, named + " cannot be read. Let the user of this process read the folder.");
            } else {
                return folder.toRealPath();
            }
        } catch (InvalidPathException | IOException e) {
            problems.add(setting, named + " is not the name of a folder. Correct it.");
        }
        return null;
    }

    private static String from(Setting setting, Path folder) {
        return setting.isSecret() || folder.isAbsolute()
                ? ""
                : ", seen from the working directory " + Path.of("").toAbsolutePath();
    }
}
