// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.config;

import io.kurier.StartException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Reads a properties file in UTF-8 and keeps each key's line, which {@link Properties} forgets. */
public final class PropertiesFile {
    private PropertiesFile() {}

    /**
     * The settings of a file, in its order.
     *
     * @throws StartException if the file cannot be read or is not a properties file
     */
    public static List<Setting> read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new StartException(file + ": no such file; name a properties file", e);
        } catch (IOException e) {
            throw new StartException(file + ": cannot be read: " + e, e);
        }
        return parse(lines, String.valueOf(file.getFileName()));
    }

    private static List<Setting> parse(List<String> lines, String source) {
        List<Setting> settings = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            int first = i;
            StringBuilder logical = new StringBuilder(lines.get(i));
            while (continues(lines.get(i)) && i + 1 < lines.size()) {
                logical.append('\n').append(lines.get(++i));
            }
            load(logical.toString(), source + ":" + (first + 1))
                    .forEach((key, value) -> settings.add(
                            new Setting((String) key, ((String) value).strip(), source + ":" + (first + 1))));
        }
        return settings;
    }

    /** Whether a line ends in an odd number of backslashes and is no comment: then the next line belongs to it. */
    private static boolean continues(String line) {
        String stripped = line.stripLeading();
        if (stripped.startsWith("#") || stripped.startsWith("!")) {
            return false;
        }
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private static Properties load(String logicalLine, String source) {
        Properties one = new Properties();
        try {
            one.load(new StringReader(logicalLine));
        } catch (IllegalArgumentException e) {
            throw new StartException(source + ": not a line of a properties file: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be read", e);
        }
        return one;
    }
}
