// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A jar of a plugin that was checked before a class of it is loaded. Nothing is extracted, and sizes that the jar
 * declares are not trusted.
 *
 * @param file its real path
 * @param origin for people
 * @param services the services for which it names providers
 */
record PluginJar(Path file, String origin, Set<String> services) {
    private static final String SERVICES = "META-INF/services/";

    /**
     * Checks a file.
     *
     * @param trust that of the folder that no part of the jar may lead out of
     * @param faults collects the problems
     * @return null if it must not be used
     */
    static @Nullable PluginJar look(Path file, String origin, FolderTrust trust, List<PluginFault> faults) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            JarLinks links = new JarLinks(trust.root());
            String why = links.refusal(file, zip);
            if (why != null) {
                return refuse(origin, faults, why);
            }
            for (Path linked : links.files()) {
                String unsafe = trust.of(linked);
                if (unsafe != null) {
                    String name = trust.root().relativize(linked).toString();
                    faults.add(PluginFault.broken(
                            origin, PluginFault.ANY, "refused: its manifest leads to " + name + ": " + unsafe));
                    return null;
                }
            }
            List<String> entries = zip.stream().map(ZipEntry::getName).toList();
            Manifest manifest = JarLinks.manifest(zip);
            PluginJar jar = new PluginJar(file, origin, services(entries));
            jar.warn(manifest, entries, faults);
            return jar;
        } catch (IOException | IllegalArgumentException e) { // the latter for a name that is not valid text
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
        if (entries.stream().anyMatch(ParentFirstClasses::isOfKurier)) {
            faults.add(PluginFault.warning(
                    origin,
                    "it carries classes of kurier-api, which are not used: the application's are. Leave kurier-api out of"
                            + " it (with Maven, scope provided)."));
        }
    }

    /** Returns whether it names plugins of Kurier. */
    boolean namesPlugins() {
        return services.stream().anyMatch(service -> service.startsWith("io.kurier.spi."));
    }

    /** Returns whether it names plugins of Kafka, such as connectors. */
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

    private static String size(Path file) {
        try {
            return Files.size(file) + " bytes";
        } catch (IOException e) {
            return "its size is not known";
        }
    }
}
