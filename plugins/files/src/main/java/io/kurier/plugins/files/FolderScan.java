// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.files;

import io.kurier.Printable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** One scan of the path: the files of a task's share in order, and the files and folders that cannot be read. */
final class FolderScan extends SimpleFileVisitor<Path> {

    private static final Logger LOG = FileLog.LOG;

    /** A file or folder that cannot be read. */
    record Problem(String name, String reason) {}

    private final Path root;
    private final FilePattern path;
    private final @Nullable Path skipped;
    private final Globs globs;
    private final TaskAssignment share;
    private final BooleanSupplier stopped;
    private final List<FoundFile> files = new ArrayList<>();
    private final Set<Problem> problems = new LinkedHashSet<>();
    /** Regular files whose current names are not read. */
    private final List<FoundFile> others = new ArrayList<>();

    private @Nullable Map<String, FoundFile> othersByKey;

    private FolderScan(
            FilePattern path, Globs globs, @Nullable Path skipped, TaskAssignment share, BooleanSupplier stopped) {
        this.root = path.base();
        this.path = path;
        this.skipped = skipped;
        this.globs = globs;
        this.share = share;
        this.stopped = stopped;
    }

    /**
     * Scans; ends early when the task is stopped.
     *
     * @param skipped a folder that is left out; null if there is none
     */
    static FolderScan of(
            FilePattern path,
            Globs globs,
            FileOrder order,
            @Nullable Path skipped,
            TaskAssignment share,
            BooleanSupplier stopped) {
        FolderScan scan = new FolderScan(path, globs, skipped, share, stopped);
        try {
            Files.walkFileTree(path.base(), EnumSet.of(FileVisitOption.FOLLOW_LINKS), path.depth(), scan);
        } catch (IOException e) {
            scan.problem(path.base(), reason(e));
        }
        scan.files.sort(order.comparator());
        return scan;
    }

    List<FoundFile> files() {
        return files;
    }

    Set<Problem> problems() {
        return problems;
    }

    /**
     * Returns the file with a key if its name is not read; a renamed file may be there. If {@code path} names a file,
     * its folder is searched.
     */
    @Nullable
    FoundFile renamed(String key) {
        Map<String, FoundFile> byKey = othersByKey;
        if (byKey == null) {
            byKey = new HashMap<>();
            if (!Files.isDirectory(root)) {
                lookBeside();
            }
            for (FoundFile other : others) {
                if (other.key() != null) {
                    byKey.put(other.key(), other);
                }
            }
            othersByKey = byKey;
        }
        return byKey.get(key);
    }

    private void lookBeside() {
        Path folder = root.getParent();
        if (folder == null) {
            return;
        }
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(folder)) {
            for (Path sibling : siblings) {
                if (!sibling.equals(root) && Files.isRegularFile(sibling)) {
                    others.add(FoundFile.of(
                            sibling, sibling.toString(), Files.readAttributes(sibling, BasicFileAttributes.class)));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("Cannot look for renamed files in {}", Printable.of(folder.toString()), e);
        }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return folder.equals(skipped) ? FileVisitResult.SKIP_SUBTREE : goOn();
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isDirectory()) {
            return goOn(); // deeper than any file that the glob matches
        }
        String name = file.toString();
        if (share.owns(name) && (file.equals(root) || included(file))) {
            if (!isFaithful(file, name)) {
                problem(
                        file,
                        "the name has letters that this JVM cannot write down, so no offset can be stored for"
                                + " it. Start the JVM in a UTF-8 locale (LC_ALL=C.UTF-8), or rename the file");
            } else if (attributes.isSymbolicLink()) {
                // the file walk with FOLLOW_LINKS reports a link as a link only if its target cannot be read
                problem(file, "the symbolic link leads to nothing, or to a place that may not be looked at");
            } else if (!attributes.isRegularFile()) {
                problem(file, "it is a pipe, a socket or a device. Only regular files can be read");
            } else {
                files.add(FoundFile.of(file, name, attributes));
            }
        } else if (attributes.isRegularFile() && !included(file)) {
            others.add(FoundFile.of(file, name, attributes));
        }
        return goOn();
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
        problem(file, reason(e));
        return goOn();
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
        if (e != null) {
            problem(folder, reason(e));
        }
        return goOn();
    }

    /** Returns the meaning of an exception as text; the message names the file besides. */
    static String reason(IOException e) {
        if (e instanceof FileSystemLoopException) {
            return "the symbolic link leads back to a folder that it lies in. Remove the link";
        }
        if (e instanceof AccessDeniedException) {
            return "this user may not read it. Give the user " + System.getProperty("user.name")
                    + " the right to read it";
        }
        if (e instanceof NoSuchFileException) {
            return "it was there a moment ago and is gone";
        }
        String why = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
        return "it cannot be read: " + (why == null ? e.getClass().getSimpleName() : why);
    }

    private boolean included(Path file) {
        Path name = file.getFileName();
        return name != null && globs.match(name.toString()) && path.matches(file);
    }

    /**
     * Returns whether the name identifies this file only: characters that the locale cannot express become a question
     * mark.
     */
    private static boolean isFaithful(Path file, String name) {
        try {
            return Path.of(name).equals(file);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private void problem(Path path, String reason) {
        String name = path.toString();
        if (share.owns(name)) {
            problems.add(new Problem(name, reason));
        }
    }

    private FileVisitResult goOn() {
        return stopped.getAsBoolean() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }
}
