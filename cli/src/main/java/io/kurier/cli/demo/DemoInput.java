// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files that the demo is about to publish. It finds them independently of the connectors, so that a file that a
 * connector overlooks is noticed.
 *
 * @param folder the folder of the files, absolute
 * @param files the size of each file by its path, by format
 * @param skipped the number of descriptor sets without messages beside them
 */
public record DemoInput(Path folder, Map<Format, Map<String, Long>> files, int skipped) {

    /**
     * Finds the files of a folder.
     *
     * @throws IOException if the folder itself cannot be read
     */
    public static DemoInput of(Path start) throws IOException {
        Path folder = start.toAbsolutePath().normalize();
        Map<Format, Map<String, Long>> files = new EnumMap<>(Format.class);
        for (Format format : Format.values()) {
            files.put(format, new TreeMap<>());
        }
        int[] skipped = {0};
        Files.walkFileTree(
                folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        Format.of(file)
                                .ifPresentOrElse(
                                        format -> files.getOrDefault(format, new TreeMap<>())
                                                .put(file.toString(), attributes.size()),
                                        () -> skipped[0] += isLeftAlone(file) ? 1 : 0);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                        if (file.equals(folder)) {
                            throw e;
                        }
                        return FileVisitResult.CONTINUE; // the connector that reads it reports the reason
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
                            throws IOException {
                        return e == null ? FileVisitResult.CONTINUE : visitFileFailed(visited, e);
                    }
                });
        return new DemoInput(folder, files, skipped[0]);
    }

    /** Returns whether a descriptor set has no messages beside it. */
    private static boolean isLeftAlone(Path descriptors) {
        String name = String.valueOf(descriptors.getFileName());
        String base = name.substring(0, name.lastIndexOf('.'));
        return !Files.exists(descriptors.resolveSibling(base + ".pb"))
                && !Files.exists(descriptors.resolveSibling(base + ".PB"));
    }

    /** Returns a file's name for people: relative to the folder if it is in it. */
    String shown(Path file) {
        boolean inside = file.startsWith(folder) && !file.equals(folder);
        return (inside ? folder.relativize(file) : file).toString();
    }

    /** Returns whether there is nothing to publish. */
    public boolean isEmpty() {
        return files.values().stream().allMatch(Map::isEmpty);
    }

    /** Returns the size of all files to publish, in bytes. */
    public long bytes() {
        return files.values().stream()
                .flatMap(sizes -> sizes.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }
}
