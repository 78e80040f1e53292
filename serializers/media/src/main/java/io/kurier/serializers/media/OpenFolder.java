// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is used without following symbolic links: another user who may write beside it could replace it by a
 * link, and files elsewhere would be deleted or written by the path. If the system supports it (Linux, macOS), the
 * folder is opened once and all operations refer to the opened folder ({@link SecureDirectoryStream}); otherwise its
 * path is checked before each step. Used by one thread and closed soon.
 */
final class OpenFolder implements Closeable {
    private static final Set<OpenOption> NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> APPEND =
            Set.of(StandardOpenOption.APPEND, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private final Path path;
    private final DirectoryStream<Path> stream;
    private final @Nullable SecureDirectoryStream<Path> opened;

    private OpenFolder(Path path, DirectoryStream<Path> stream) {
        this.path = path;
        this.stream = stream;
        this.opened = stream instanceof SecureDirectoryStream<Path> secure ? secure : null;
    }

    /** Opens a folder, whose path may contain links except as its last name. */
    static OpenFolder of(Path folder) throws IOException {
        try (OpenFolder around = new OpenFolder(parent(folder), Files.newDirectoryStream(parent(folder)))) {
            return around.folder(name(folder));
        }
    }

    /** Opens a folder in this one. */
    OpenFolder folder(Path name) throws IOException {
        Path inside = path.resolve(name);
        try {
            return new OpenFolder(
                    inside,
                    opened == null
                            ? Files.newDirectoryStream(real(inside))
                            : opened.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            throw e;
        } catch (FileSystemException e) {
            throw Files.isDirectory(inside, LinkOption.NOFOLLOW_LINKS) ? e : noFolder(inside, e);
        }
    }

    /** Deletes all files in the folder, and links without their targets. */
    void clear() throws IOException {
        try {
            for (Path each : stream) {
                delete(name(each));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    void delete(Path name) throws IOException {
        if (opened == null) {
            Files.delete(real(path).resolve(name));
        } else {
            opened.deleteFile(name);
        }
    }

    /** Deletes a folder in this one; fails if it is not empty. */
    void deleteFolder(Path name) throws IOException {
        if (opened == null) {
            Files.delete(real(real(path).resolve(name)));
        } else {
            opened.deleteDirectory(name);
        }
    }

    /**
     * Creates a file.
     *
     * @return its key, which identifies it on its file system whatever its path, or null if that has no keys
     */
    @Nullable
    Object create(Path name) throws IOException {
        open(name, NEW).close();
        return key(name);
    }

    /**
     * Writes at the end of a file.
     *
     * @param key as {@link #create} returned it: another file of that name is not changed
     */
    void append(Path name, @Nullable Object key, byte[] bytes) throws IOException {
        try (SeekableByteChannel file = open(name, APPEND)) {
            Object found = key(name);
            if (key != null && !key.equals(found)) {
                throw new IOException(path.resolve(name) + " is another file than the one that was made");
            }
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                file.write(left);
            }
        }
    }

    /** Moves a file atomically, and replaces one that has the name. */
    void move(Path name, OpenFolder to, Path newName) throws IOException {
        if (opened == null || to.opened == null) {
            Files.move(real(path).resolve(name), real(to.path).resolve(newName), StandardCopyOption.ATOMIC_MOVE);
        } else {
            opened.move(name, to.opened, newName);
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private SeekableByteChannel open(Path name, Set<OpenOption> options) throws IOException {
        return opened == null
                ? Files.newByteChannel(real(path).resolve(name), options)
                : opened.newByteChannel(name, options);
    }

    private @Nullable Object key(Path name) throws IOException {
        BasicFileAttributes attributes = opened == null
                ? Files.readAttributes(real(path).resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                : opened.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .readAttributes();
        return attributes.fileKey();
    }

    private static Path real(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw noFolder(folder, null);
        }
        return folder;
    }

    private static IOException noFolder(Path path, @Nullable IOException cause) {
        return new IOException(
                path
                        + " is a symbolic link or no folder, and nothing is written through a link. Remove it, and see who may"
                        + " write into " + path.getParent(),
                cause);
    }

    private static Path parent(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(folder + " is no folder in another one");
        }
        return parent;
    }

    private static Path name(Path path) throws IOException {
        Path name = path.getFileName();
        if (name == null) {
            throw new IOException(path + " has no name");
        }
        return name;
    }
}
