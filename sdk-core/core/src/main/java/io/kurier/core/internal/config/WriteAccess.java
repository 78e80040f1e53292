// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds who else may change a file or folder whose content this process trusts, by the permissions of POSIX. A file
 * system without them (as on Windows) is not checked: every path passes.
 *
 * @param mode the bits of {@code st_mode}
 * @param owner the number of the user that it belongs to
 * @param group the number of its group
 */
public record WriteAccess(int mode, int owner, int group) {
    private static final int ROOT = 0;
    private static final int OTHERS = 0b000_000_010;
    private static final int GROUP = 0b000_010_000;
    private static final int STICKY = 0b001_000_000_000;
    private static final int UNKNOWN = -1;

    /** The user of this process, found when the first path is checked. */
    private static final class ThisUser {
        static final int NUMBER = find();

        private ThisUser() {}

        /** The names of users are of no use here: in a container the user of a process often has none. */
        private static int find() {
            try {
                Path own = Files.createTempFile("kurier", null);
                try {
                    return ownerOf(own);
                } finally {
                    Files.delete(own);
                }
            } catch (IOException e) { // nothing can be written there
                return ownerOf(Path.of("/proc/self"));
            }
        }

        private static int ownerOf(Path path) {
            WriteAccess access = WriteAccess.to(path);
            return access == null ? UNKNOWN : access.owner();
        }
    }

    /** Returns the access to a file or folder, links followed; null if its file system has no such permissions. */
    public static @Nullable WriteAccess to(Path path) {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return null;
        }
        try {
            Map<String, Object> found = Files.readAttributes(path, "unix:mode,uid,gid");
            return found.get("mode") instanceof Integer mode
                            && found.get("uid") instanceof Integer owner
                            && found.get("gid") instanceof Integer group
                    ? new WriteAccess(mode, owner, group)
                    : null;
        } catch (IOException e) {
            return null; // then it cannot be opened either
        }
    }

    /**
     * Returns why users that this process need not trust may change a file or folder, as a sentence with the remedy, or
     * null. The process trusts its own user and root.
     */
    public static @Nullable String byOthers(Path path) {
        WriteAccess access = to(path);
        return access == null ? null : access.byOthers(ThisUser.NUMBER);
    }

    @Nullable
    String byOthers(int user) {
        if ((mode & OTHERS) != 0) {
            return "every user may write to it (" + permissions() + "). Take that right away: chmod o-w.";
        }
        if (owner != ROOT && owner != user && user != UNKNOWN) {
            return "it belongs to user " + owner + ", who is neither the user of this process (" + user
                    + ") nor root. Let one of them own it: chown.";
        }
        return null;
    }

    /**
     * Returns the folder above a path in which every user may put another in its place, or null. A sticky folder, such
     * as {@code /tmp}, keeps what belongs to others.
     */
    public static @Nullable Path replaceableIn(Path path) {
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            WriteAccess access = to(above);
            if (access != null && (access.mode & OTHERS) != 0 && (access.mode & STICKY) == 0) {
                return above;
            }
        }
        return null;
    }

    /**
     * Returns whether a group may write to a file or folder, unless it is the group of the owner alone: that has the
     * owner's number on systems where new files are writable for the group ({@code umask 002}).
     */
    public static boolean isByGroup(Path path) {
        WriteAccess access = to(path);
        return access != null && (access.mode & GROUP) != 0 && access.group != access.owner;
    }

    private String permissions() {
        Set<PosixFilePermission> all = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] inOrder = PosixFilePermission.values(); // from the owner's right to read on
        for (int i = 0; i < inOrder.length; i++) {
            if ((mode & (1 << (inOrder.length - 1 - i))) != 0) {
                all.add(inOrder[i]);
            }
        }
        return PosixFilePermissions.toString(all);
    }
}
