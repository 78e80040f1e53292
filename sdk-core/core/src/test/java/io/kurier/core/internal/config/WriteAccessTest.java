// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteAccessTest {
    private static final int USER = 1000;

    @TempDir
    private Path folder;

    @BeforeEach
    void needPermissions() {
        assumeTrue(
                folder.getFileSystem().supportedFileAttributeViews().contains("unix"),
                "this file system has no permissions of POSIX");
    }

    @Test
    void trustsTheUserOfTheProcessAndRoot() {
        assertThat(new WriteAccess(0644, USER, 1).byOthers(USER)).isNull();
        assertThat(new WriteAccess(0644, 0, 1).byOthers(USER)).isNull();
    }

    @Test
    void refusesWhatEveryUserMayWriteTo() {
        assertThat(new WriteAccess(0100646, USER, 1).byOthers(USER))
                .isEqualTo("every user may write to it (rw-r--rw-). Take that right away: chmod o-w.");
        assertThat(new WriteAccess(0041777, 0, 0).byOthers(USER))
                .as("a sticky folder, where a new file can be put")
                .startsWith("every user may write to it (rwxrwxrwx).");
    }

    @Test
    void refusesWhatBelongsToAnotherUser() {
        assertThat(new WriteAccess(0600, 1001, 1).byOthers(USER))
                .isEqualTo(
                        "it belongs to user 1001, who is neither the user of this process (1000) nor root. Let one of"
                                + " them own it: chown.");
        assertThat(new WriteAccess(0600, USER, 1).byOthers(0)).startsWith("it belongs to user 1000,");
    }

    @Test
    void passesAFileThatThisProcessHasMade() throws IOException {
        Path file = with("rw-------", Files.createFile(folder.resolve("own")));
        assertThat(WriteAccess.byOthers(file)).isNull();
        assertThat(WriteAccess.isByGroup(file)).isFalse();
        with("rw----rw-", file);
        assertThat(WriteAccess.byOthers(file)).contains("(rw----rw-)");
    }

    @Test
    void findsAFolderAboveInWhichEveryUserMayPutAnother() throws IOException {
        Path open = with("rwxrwxrwx", Files.createDirectory(folder.resolve("open")));
        Path below = with("rwxr-xr-x", Files.createDirectories(open.resolve("a/b")));
        assertThat(WriteAccess.replaceableIn(below)).isEqualTo(open);
        Files.setAttribute(open, "unix:mode", 01777);
        assertThat(WriteAccess.replaceableIn(below)).isNull();
    }

    @Test
    void tellsAGroupOfItsOwnFromOneWithOtherUsers() throws IOException {
        Path file = with("rw-rw----", Files.createFile(folder.resolve("shared")));
        int owner = (Integer) Files.getAttribute(file, "unix:uid");
        int group = (Integer) Files.getAttribute(file, "unix:gid");
        assertThat(WriteAccess.isByGroup(file)).isEqualTo(owner != group);
    }

    private static Path with(String permissions, Path path) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
