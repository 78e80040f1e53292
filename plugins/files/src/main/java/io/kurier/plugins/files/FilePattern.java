// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import java.io.File;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code path} names: a file, a folder, or the files below a folder whose paths match a glob. Immutable.
 *
 * @param base the file or the folder, as an absolute path; of a glob the part before the first wildcard
 * @param matcher matches the paths of files relative to the base; null if {@code path} is not a glob
 * @param depth how many folders deep a matching file can be
 */
record FilePattern(Path base, @Nullable PathMatcher matcher, int depth) {

    private static final String WILDCARDS = "*?[{";
    private static final String ANY_FOLDERS = "**/";

    /**
     * Returns the meaning of a path, which is a glob if it has wildcards and no file has it for a name.
     *
     * @throws InvalidPathException if it is not a path on this machine
     * @throws java.util.regex.PatternSyntaxException if it is not a glob
     */
    static FilePattern of(String path) {
        List<String> parts = List.of(path.split("/", -1));
        int first = 0;
        while (first < parts.size() && !hasWildcard(parts.get(first))) {
            first++;
        }
        if (first == parts.size() || isName(path)) {
            return new FilePattern(ExistingPath.absolute(path), null, Integer.MAX_VALUE);
        }
        String base = String.join("/", parts.subList(0, first));
        String glob = String.join("/", parts.subList(first, parts.size()));
        return new FilePattern(
                ExistingPath.absolute(base.isEmpty() && path.startsWith("/") ? "/" : base),
                FileSystems.getDefault().getPathMatcher("glob:" + withAnyFolders(glob)),
                glob.contains("**") ? Integer.MAX_VALUE : parts.size() - first);
    }

    boolean isGlob() {
        return matcher != null;
    }

    /** Returns whether a file below the base is one of those to read, as far as its path decides. */
    boolean matches(Path file) {
        return matcher == null || matcher.matches(base.relativize(file));
    }

    /** Returns a glob in which a folder named ** also stands for no folder at all, as in shells. */
    private static String withAnyFolders(String glob) {
        String start = glob.startsWith(ANY_FOLDERS) ? "{,**/}" + glob.substring(ANY_FOLDERS.length()) : glob;
        return start.replace("/" + ANY_FOLDERS, "/{,**/}");
    }

    private static boolean hasWildcard(String part) {
        return part.chars().anyMatch(c -> WILDCARDS.indexOf(c) >= 0);
    }

    private static boolean isName(String path) {
        try {
            return Files.exists(Path.of(path));
        } catch (InvalidPathException e) {
            return File.separatorChar == '/'; // on Windows no file can be named so, elsewhere the name is the problem
        }
    }
}
