// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.spi.PartitionerPlugin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes jars of plugins from classes of the test's class path. */
final class PluginJar {
    private PluginJar() {}

    /** Writes a jar of version 9.9 that provides partitioners. */
    static void ofPartitioners(Path jar, List<? extends Class<?>> plugins) throws IOException {
        of(PartitionerPlugin.class, jar, plugins);
    }

    /** Writes a jar of version 9.9 that provides plugins of a kind. */
    static void of(Class<?> service, Path jar, List<? extends Class<?>> plugins) throws IOException {
        Files.createDirectories(jar.getParent());
        StringBuilder services = new StringBuilder();
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            entry(zip, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nImplementation-Version: 9.9\n".getBytes(UTF_8));
            for (Class<?> plugin : plugins) {
                String name = plugin.getName().replace('.', '/') + ".class";
                entry(zip, name, bytes(name));
                services.append(plugin.getName()).append('\n');
            }
            entry(
                    zip,
                    "META-INF/services/" + service.getName(),
                    services.toString().getBytes(UTF_8));
        }
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(PluginJar.class.getClassLoader().getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }

    private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }
}
