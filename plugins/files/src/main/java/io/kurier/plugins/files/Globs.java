// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Locale;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Chooses files by their names, ignoring case: cameras and Windows write {@code .TXT}. */
record Globs(List<PathMatcher> include, List<PathMatcher> exclude) {

    static Globs of(List<String> include, List<String> exclude) {
        return new Globs(matchers(include), matchers(exclude));
    }

    private static List<PathMatcher> matchers(List<String> globs) {
        FileSystem files = FileSystems.getDefault();
        return globs.stream()
                .map(glob -> files.getPathMatcher("glob:" + glob.toLowerCase(Locale.ROOT)))
                .toList();
    }

    boolean match(String fileName) {
        Path name = Path.of(fileName.toLowerCase(Locale.ROOT));
        return include.stream().anyMatch(matcher -> matcher.matches(name))
                && exclude.stream().noneMatch(matcher -> matcher.matches(name));
    }

    /**
     * Checks a list of globs.
     *
     * @param orNone whether the list may be empty
     */
    record Valid(boolean orNone) implements ConfigDef.Validator {
        @Override
        public void ensureValid(String key, @Nullable Object value) {
            if (!(value instanceof List<?> globs) || (globs.isEmpty() && !orNone)) {
                throw new ConfigException(key, value, "would match no file. Name at least one glob, such as *.log.");
            }
            for (Object glob : globs) {
                check(key, String.valueOf(glob));
            }
        }

        private static void check(String key, String glob) {
            if (glob.isBlank() || glob.contains("/")) {
                throw new ConfigException(
                        key, glob, "is no glob for a file name. Write names without folders, such as *.log.");
            }
            try {
                matchers(List.of(glob));
            } catch (PatternSyntaxException e) {
                throw new ConfigException(
                        key,
                        glob,
                        "is no glob: " + e.getDescription()
                                + ". Commas separate globs, so write *.a,*.b instead of *.{a,b}.");
            }
        }

        @Override
        public String toString() {
            return "globs of file names";
        }
    }
}
