// SPDX-License-Identifier: Apache-2.0
package io.kurier.connect;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The archives that {@code mvn package} makes for a worker's {@code plugin.path}. A test that needs one is skipped where
 * there is none, as after {@code mvn test}.
 */
final class PluginArchives {
    /** The modules with a connector or the converter. */
    static final List<String> FORMATS = List.of("text", "json", "avro", "protobuf", "media", "connect");

    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

    /** An entry of an archive: its name, and its time without a zone. */
    record Entry(String name, LocalDateTime time) {}

    private PluginArchives() {}

    /** Returns the version in the names of the archives. */
    static String version() throws IOException {
        String name = String.valueOf(archive("text").getFileName());
        return name.substring("kurier-plugin-text-".length(), name.length() - ".zip".length());
    }

    /**
     * Unpacks the archives of modules, as a user does.
     *
     * @param folder the folder that becomes a {@code plugin.path}
     * @return the folder
     */
    static Path unpack(Path folder, List<String> formats) throws IOException {
        for (String format : formats) {
            try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive(format)))) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    Path target = folder.resolve(entry.getName());
                    if (entry.isDirectory()) {
                        Files.createDirectories(target);
                    } else {
                        Files.createDirectories(target.getParent());
                        Files.copy(zip, target);
                    }
                }
            }
        }
        return folder;
    }

    static List<Entry> entries(String format) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive(format)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.add(new Entry(entry.getName(), entry.getTimeLocal()));
            }
        }
        return entries;
    }

    static String artifact(String format) {
        return format.equals("connect") ? "kurier-connect" : "kurier-plugin-" + format;
    }

    /** Returns the archive of a module. */
    static Path archive(String format) throws IOException {
        Path made = PROJECT.resolve("plugins").resolve(format).resolve("target/connect");
        assumeTrue(Files.isDirectory(made), "mvn package makes the archives in " + made);
        try (Stream<Path> files = Files.list(made)) {
            List<Path> archives =
                    files.filter(file -> file.toString().endsWith(".zip")).toList();
            assumeTrue(archives.size() == 1, "mvn package makes one archive in " + made + ", not " + archives);
            return archives.get(0);
        }
    }

    /** Removes what a jar says of its plugins. */
    static void removeManifests(Path jar) throws IOException {
        try (FileSystem content = FileSystems.newFileSystem(jar);
                Stream<Path> services = Files.list(content.getPath("META-INF/services"))) {
            for (Path service : services.toList()) {
                Files.delete(service);
            }
        }
    }

    /**
     * Returns the class path of a worker: that of this process without Kurier, which a worker must find in its {@code
     * plugin.path} only.
     */
    static String classPathOfAWorker() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).toAbsolutePath().startsWith(PROJECT))
                .filter(entry -> !entry.contains("/io/kurier/"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
