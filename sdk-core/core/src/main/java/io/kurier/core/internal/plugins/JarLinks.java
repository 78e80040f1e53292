// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a jar leads the JDK's class loader: by the {@code Class-Path} of its manifest, by {@code
 * META-INF/INDEX.LIST}, which JDKs before 22 obey, and by those of the jars that it leads to. Nothing may lead out of
 * the folder of plugins. No text in a jar is read without a limit: a gigabyte of one letter is a jar of a megabyte.
 */
final class JarLinks {
    private static final int MOST_SHOWN = 100;
    private static final String SERVICES = "META-INF/services/";
    private static final String INDEX = "META-INF/INDEX.LIST";
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_JARS = 1_000;

    private final Path root;
    private final Set<Path> seen = new HashSet<>();

    JarLinks(Path root) {
        this.root = root;
    }

    /**
     * Returns why a jar must not be used, as a part of a sentence, or null.
     *
     * @throws IOException if it is not a valid jar
     */
    @Nullable
    String refusal(Path file, ZipFile zip) throws IOException {
        seen.add(file);
        for (ZipEntry entry : zip.stream().toList()) {
            String name = entry.getName();
            if (leadsOut(name)) {
                return "its entry " + shown(name) + " leads out of the folder that a jar is opened in";
            }
            if (name.startsWith(SERVICES) && !entry.isDirectory() && text(zip, entry) == null) {
                return "its entry " + shown(name) + " is larger than 1 MiB";
            }
        }
        String byManifest = elsewhere(classPath(manifest(zip)), file);
        if (byManifest != null) {
            return "the Class-Path in its manifest leads out of the folder of plugins, to " + shown(byManifest);
        }
        ZipEntry index = zip.getEntry(INDEX);
        String listed = index == null ? "" : text(zip, index);
        if (listed == null) {
            return "its entry " + INDEX + " is larger than 1 MiB";
        }
        List<String> jars = listed.lines()
                .map(String::strip)
                .filter(line -> line.endsWith(".jar"))
                .toList();
        String byIndex = elsewhere(jars, file);
        if (byIndex != null) {
            return "its " + INDEX + " leads out of the folder of plugins, to " + shown(byIndex);
        }
        return behind(
                Stream.concat(classPath(manifest(zip)).stream(), jars.stream()).toList(), file);
    }

    /** Returns the checked jar and those that it leads to, by their real paths. */
    Set<Path> files() {
        return Set.copyOf(seen);
    }

    /** Returns the problem of the jars that this one leads to. */
    private @Nullable String behind(List<String> addresses, Path file) throws IOException {
        for (String address : addresses) {
            Path named = target(address, file);
            if (!Files.isRegularFile(named) || !seen.add(named.toRealPath())) {
                continue;
            }
            Path target = named.toRealPath();
            if (seen.size() > MOST_JARS) {
                return "it leads to more than " + MOST_JARS + " jars";
            }
            try (ZipFile next = new ZipFile(target.toFile())) {
                String why = refusal(target, next);
                if (why != null) {
                    return "of " + shown(address) + ", to which it leads, " + why;
                }
            }
        }
        return null;
    }

    static boolean leadsOut(String entry) {
        String path = entry.replace('\\', '/');
        return path.startsWith("/") || ("/" + path + "/").contains("/../");
    }

    static @Nullable Manifest manifest(ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(JarFile.MANIFEST_NAME);
        if (entry == null) {
            return null;
        }
        String text = text(zip, entry);
        if (text == null) {
            throw new IOException("a manifest of more than 1 MiB");
        }
        return new Manifest(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns an entry as text, or null if it is too large; the size that the jar declares is not trusted. */
    private static @Nullable String text(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            return bytes.length > MOST_BYTES ? null : new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static List<String> classPath(@Nullable Manifest manifest) {
        String value = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
        List<String> addresses = new ArrayList<>();
        if (value != null) {
            addresses.addAll(List.of(value.strip().split("\\s+", -1)));
            addresses.remove("");
        }
        return addresses;
    }

    /** Returns the first address that is not below the root. */
    private @Nullable String elsewhere(List<String> addresses, Path file) {
        return addresses.stream()
                .filter(address -> !isBelow(address, file))
                .findFirst()
                .orElse(null);
    }

    private boolean isBelow(String address, Path file) {
        try {
            Path target = target(address, file);
            return (Files.exists(target) ? target.toRealPath() : target).startsWith(root);
        } catch (IllegalArgumentException | FileSystemNotFoundException | IOException e) {
            return false; // an address that is not of a file
        }
    }

    private static Path target(String address, Path file) {
        return Path.of(file.toUri().resolve(address)).normalize();
    }

    private static String shown(String text) {
        String start = text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text;
        return "\"" + start.replaceAll("\\p{Cntrl}", "?") + "\"";
    }
}
