// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.core.internal.config.WriteAccess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds who else may change the jars below one folder: anyone who may write to a jar, or to a folder that it is in, decides
 * what this process runs. Used by one thread.
 */
final class FolderTrust {
    private final Path root;
    private final boolean shown;
    private final boolean once;

    /** Why each of the checked paths is not safe by itself; empty if it is. */
    private final Map<Path, String> reasons = new HashMap<>();

    private final Set<Path> said = new HashSet<>();
    private final List<Path> byGroup = new ArrayList<>();

    /**
     * Creates the checks of a folder.
     *
     * @param root its real path
     * @param shown whether the names of folders above it may be shown
     * @param once whether each file or folder that is not safe is reported once, and not for everything in it
     */
    FolderTrust(Path root, boolean shown, boolean once) {
        this.root = root;
        this.shown = shown;
        this.once = once;
    }

    /** Returns the folder that no part of a plugin may lead out of. */
    Path root() {
        return root;
    }

    /** Returns why the folder itself is not safe, as a sentence with the remedy, or null. */
    @Nullable
    String ofRoot() {
        String why = of(root);
        if (why != null) {
            return why;
        }
        Path above = WriteAccess.replaceableIn(root);
        return above == null
                ? null
                : "every user may put another folder in its place, since every user may write to "
                        + (shown ? above : "a folder above it") + ". Take that right away there: chmod o-w.";
    }

    /**
     * Returns why a file or folder is not safe, or a folder between it and the root, as a sentence with the remedy; null
     * if they are.
     *
     * @param real its real path, below the root
     */
    @Nullable
    String of(Path real) {
        for (Path path = real; path != null && path.startsWith(root); path = path.getParent()) {
            String why = reasons.computeIfAbsent(path, this::reason);
            if (!why.isEmpty() && (!once || said.add(path))) {
                return path.equals(real) ? why : "of the folder " + name(path) + ", which it is in: " + why;
            }
        }
        return null;
    }

    private String reason(Path path) {
        if (WriteAccess.isByGroup(path)) {
            byGroup.add(path);
        }
        String why = WriteAccess.byOthers(path);
        return why == null ? "" : why;
    }

    /** Returns a sentence if the group of one of the checked files and folders may write to it, or null. */
    @Nullable
    String byGroup() {
        if (byGroup.isEmpty()) {
            return null;
        }
        Path first = byGroup.get(0);
        return "a group may write to " + (first.equals(root) ? "it" : name(first))
                + (byGroup.size() == 1 ? "" : " and " + (byGroup.size() - 1) + " more in it")
                + ". If not everybody in that group decides what this process runs, take that right away: chmod -R g-w.";
    }

    private String name(Path path) {
        return root.relativize(path).toString();
    }
}
