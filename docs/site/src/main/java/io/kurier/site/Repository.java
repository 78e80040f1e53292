// SPDX-License-Identifier: Apache-2.0
package io.kurier.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files of a checkout, each named by its path from the root with slashes.
 *
 * @param root an absolute path
 */
record Repository(Path root) {
    private static final Set<String> MADE_BY_BUILDS = Set.of("target", "node_modules");

    static Repository at(Path root) {
        return new Repository(root.toAbsolutePath().normalize());
    }

    /** Returns the names of the Markdown files, sorted; none of those that a build has made or that are hidden. */
    List<String> documents() throws IOException {
        return files(root).stream().filter(name -> name.endsWith(".md")).toList();
    }

    String text(String name) throws IOException {
        return new String(bytes(name), UTF_8);
    }

    byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(root.resolve(name));
    }

    boolean isFile(String name) {
        Path file = root.resolve(name).normalize();
        return file.startsWith(root) && Files.isRegularFile(file);
    }

    /** Returns a page that shows a file as it is, or the files of a folder; nothing if there is neither. */
    Optional<Page> shown(String name) throws IOException {
        if (isFile(name)) {
            return Optional.of(Page.ofFile(name, text(name)));
        }
        Path folder = root.resolve(name).normalize();
        if (folder.startsWith(root) && Files.isDirectory(folder)) {
            return Optional.of(Page.ofFile(name, String.join("\n", files(folder)) + "\n"));
        }
        return Optional.empty();
    }

    private List<String> files(Path start) throws IOException {
        List<String> found = new ArrayList<>();
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = String.valueOf(folder.getFileName());
                return !folder.equals(start) && (name.startsWith(".") || MADE_BY_BUILDS.contains(name))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                found.add(root.relativize(file).toString().replace('\\', '/'));
                return FileVisitResult.CONTINUE;
            }
        });
        Collections.sort(found);
        return found;
    }
}
