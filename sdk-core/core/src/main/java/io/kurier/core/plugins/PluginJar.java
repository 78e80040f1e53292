// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.plugins;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A jar of a plugin that was looked at before a class of it is loaded. Nothing is extracted, and no size that the jar
 * names is believed.
 *
 * @param file its real path
 * @param origin for people
 * @param services the services for which it names providers
 */
record PluginJar(Path file, String origin, Set<String> services) {
    private static final String SERVICES = "META-INF/services/";
    private static final int MOST_MANIFEST_BYTES = 1 << 20;
    private static final int MOST_SHOWN = 100;

    /**
     * Looks at a file.
     *
     * @param root the folder that nothing of it may lead out of
     * @param faults where to say what is wrong
     * @return null if it is not to be used
     */
    static @Nullable PluginJar look(Path file, String origin, Path root, List<PluginFault> faults) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<String> entries = zip.stream().map(ZipEntry::getName).toList();
            String leadsOut =
                    entries.stream().filter(PluginJar::leadsOut).findFirst().orElse(null);
            if (leadsOut != null) {
                return refuse(
                        origin,
                        faults,
                        "its entry " + shown(leadsOut) + " leads out of the folder that a jar is opened in");
            }
            Manifest manifest = manifest(zip);
            String elsewhere = manifest == null ? null : elsewhere(manifest, file, root);
            if (elsewhere != null) {
                return refuse(
                        origin,
                        faults,
                        "the Class-Path in its manifest leads out of the folder of plugins, to " + shown(elsewhere));
            }
            PluginJar jar = new PluginJar(file, origin, services(entries));
            jar.warn(manifest, entries, faults);
            return jar;
        } catch (IOException | IllegalArgumentException e) { // the latter of a name that is no text
            faults.add(PluginFault.broken(
                    origin, PluginFault.ANY, "not a jar, or cut short (" + size(file) + "). Copy it anew."));
            return null;
        }
    }

    private static @Nullable PluginJar refuse(String origin, List<PluginFault> faults, String why) {
        faults.add(PluginFault.broken(
                origin,
                PluginFault.ANY,
                "refused: " + why + ". A sound jar has none of that; get it anew from those who made it."));
        return null;
    }

    private void warn(@Nullable Manifest manifest, List<String> entries, List<PluginFault> faults) {
        if (manifest == null && namesPlugins()) {
            faults.add(PluginFault.warning(
                    origin,
                    "it has no manifest, so its version is unknown. Let it be built with one that says"
                            + " Implementation-Version."));
        }
        if (entries.stream().anyMatch(ParentFirst::isOfKurier)) {
            faults.add(PluginFault.warning(
                    origin,
                    "it carries classes of kurier-api, which are not used: the application's are. Leave kurier-api out of"
                            + " it (with Maven, scope provided)."));
        }
    }

    /** Whether it says that it has plugins of Kurier's. */
    boolean namesPlugins() {
        return services.stream().anyMatch(service -> service.startsWith("io.kurier.spi."));
    }

    /** Whether it says that it has plugins of Kafka's, such as connectors. */
    boolean namesPluginsOfKafka() {
        return services.stream().anyMatch(service -> service.startsWith("org.apache.kafka."));
    }

    private static Set<String> services(List<String> entries) {
        Set<String> services = new HashSet<>();
        entries.stream()
                .filter(entry -> entry.startsWith(SERVICES) && entry.length() > SERVICES.length())
                .forEach(entry -> services.add(entry.substring(SERVICES.length())));
        return Set.copyOf(services);
    }

    private static boolean leadsOut(String entry) {
        String path = entry.replace('\\', '/');
        return path.startsWith("/") || ("/" + path + "/").contains("/../");
    }

    private static @Nullable Manifest manifest(ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(JarFile.MANIFEST_NAME);
        if (entry == null) {
            return null;
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(MOST_MANIFEST_BYTES + 1);
            if (bytes.length > MOST_MANIFEST_BYTES) {
                throw new IOException("a manifest of more than 1 MiB");
            }
            return new Manifest(new ByteArrayInputStream(bytes));
        }
    }

    /** The first address of the manifest's {@code Class-Path}, which the JDK follows, that is not below the root. */
    private static @Nullable String elsewhere(Manifest manifest, Path file, Path root) {
        String classPath = manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
        if (classPath != null) {
            for (String address : classPath.strip().split("\\s+", -1)) {
                if (!address.isEmpty() && !isBelow(address, file, root)) {
                    return address;
                }
            }
        }
        return null;
    }

    private static boolean isBelow(String address, Path file, Path root) {
        try {
            Path target = Path.of(file.toUri().resolve(address)).normalize();
            return (Files.exists(target) ? target.toRealPath() : target).startsWith(root);
        } catch (IllegalArgumentException | FileSystemNotFoundException | IOException e) {
            return false; // an address that is not of a file
        }
    }

    private static String shown(String text) {
        String start = text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text;
        return "\"" + start.replaceAll("\\p{Cntrl}", "?") + "\"";
    }

    private static String size(Path file) {
        try {
            return Files.size(file) + " bytes";
        } catch (IOException e) {
            return "its size is not known";
        }
    }
}
