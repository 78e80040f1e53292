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

/** Reads the key that names folders: {@code plugin.path}. The content of the folders is not read here. */
final class FolderKeys {
    private final Problems problems;

    FolderKeys(Problems problems) {
        this.problems = problems;
    }

    PluginPath read(@Nullable Setting setting) {
        if (setting == null || !setting.isUsable()) {
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
        return new PluginPath(List.copyOf(folders), !setting.isSecret());
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
