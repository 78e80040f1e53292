// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.core.internal.config.PluginPath;
import io.kurier.core.internal.config.PluginPins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists one folder of {@code plugin.path}, in the order of names: each folder in it is a plugin, and so is each jar, as
 * in Kafka Connect; the jars of a folder may be in folders below it. Only regular files are opened, so that a pipe cannot block the start.
 *
 * <p>Names that begin with a dot are ignored: Kubernetes keeps the files of a mount in {@code ..data} and links to
 * them. A link that leads out of the folder is refused, since the administrators of the folder do not see its target.
 *
 * <p>What other users may write to is refused as well ({@link FolderTrust}). If digests of jars are listed, only jars
 * that have them are used ({@link PinnedJars}), and what others may write to is reported only.
 */
final class PluginFolder {
    private static final String A_FOLDER = "a folder, and not a jar as its name says. Copy the jar itself.";
    private static final String NOT_READABLE =
            "it cannot be read: this process is not allowed to. Let its user read the file or folder.";

    /** How far below a plugin's folder its jars may be: archives of connectors have them in {@code lib}. */
    private static final int MOST_DEPTH = 3;

    private final Path root;
    private final String prefix;
    private final FolderTrust trust;
    private final @Nullable PluginPins pins;
    private final List<PluginFault> faults;

    private PluginFolder(Path root, PluginPath path, List<PluginFault> faults) {
        Path name = root.getFileName();
        this.root = root;
        this.prefix = path.shown() && name != null ? name + "/" : "";
        this.trust = new FolderTrust(root, path.shown(), path.pins() != null);
        this.pins = path.pins();
        this.faults = faults;
    }

    /** Returns the plugins of all folders; problems are added to {@code faults}. */
    static List<PluginFiles> all(PluginPath path, List<PluginFault> faults) {
        List<PluginFiles> found = new ArrayList<>();
        path.folders().forEach(root -> new PluginFolder(root, path, faults).look(found));
        return found;
    }

    private void look(List<PluginFiles> found) {
        String name = prefix.isEmpty() ? "plugin.path" : prefix;
        if (isRefused(name, trust.ofRoot())) {
            return;
        }
        for (Path entry : list(root, name)) {
            String origin = prefix + entry.getFileName();
            Path real = real(entry, origin);
            if (real == null) {
                continue;
            }
            PinnedJars copies = pins == null ? null : new PinnedJars(pins);
            if (!Files.isDirectory(real)) {
                PluginJar jar = isNamedJar(entry) ? jar(real, origin, copies) : null;
                add(new PluginFiles(origin, jar == null ? List.of() : List.of(jar), copies), found);
            } else if (isNamedJar(entry)) {
                broken(origin, A_FOLDER);
            } else {
                add(new PluginFiles(origin, jars(real, origin, copies), copies), found);
            }
        }
        String byGroup = trust.byGroup();
        if (byGroup != null) {
            faults.add(PluginFault.warning(name, byGroup));
        }
    }

    private static void add(PluginFiles files, List<PluginFiles> found) {
        if (files.jars().isEmpty()) {
            files.close();
        } else {
            found.add(files);
        }
    }

    /** Reports what others may write to; returns whether it is refused for that. */
    private boolean isRefused(String origin, @Nullable String why) {
        if (why == null) {
            return false;
        }
        if (pins == null) {
            broken(origin, "refused: " + why + " Or list the digests of the jars in plugin.sha256.");
            return true;
        }
        faults.add(PluginFault.warning(origin, why + " Until then, only plugin.sha256 protects what is in it."));
        return false;
    }

    private List<PluginJar> jars(Path folder, String origin, @Nullable PinnedJars copies) {
        List<PluginJar> jars = new ArrayList<>();
        int faultsBefore = faults.size();
        collect(folder, origin, 0, jars, new HashSet<>(), copies);
        if (jars.isEmpty() && faults.size() == faultsBefore) {
            broken(
                    origin,
                    "there is no jar in it. Put the plugin's jar and those that it needs there, or remove the folder.");
        }
        return jars;
    }

    /** Adds the jars of a folder and of those below it; a link back to one of them is followed once. */
    private void collect(
            Path folder,
            String folderOrigin,
            int depth,
            List<PluginJar> jars,
            Set<Path> seen,
            @Nullable PinnedJars copies) {
        if (!seen.add(folder) || isRefused(folderOrigin, trust.of(folder))) {
            return;
        }
        for (Path entry : list(folder, folderOrigin)) {
            String origin = folderOrigin + "/" + entry.getFileName();
            boolean isBelow = !isNamedJar(entry) && depth < MOST_DEPTH && Files.isDirectory(entry);
            Path real = isBelow || isNamedJar(entry) ? real(entry, origin) : null;
            if (real == null) {
                continue;
            }
            if (isBelow) {
                collect(real, origin, depth + 1, jars, seen, copies);
                continue;
            }
            PluginJar jar = jar(real, origin, copies);
            if (jar != null) {
                jars.add(jar);
            }
        }
    }

    private @Nullable PluginJar jar(Path real, String origin, @Nullable PinnedJars copies) {
        if (Files.isDirectory(real)) {
            broken(origin, A_FOLDER);
        } else if (!Files.isRegularFile(real)) {
            broken(origin, "not a file that can be read to its end. Copy the jar itself.");
        } else if (!Files.isReadable(real)) {
            broken(origin, NOT_READABLE);
        } else if (!isRefused(origin, trust.of(real))) {
            return copies == null ? PluginJar.look(real, origin, trust, faults) : pinned(real, origin, copies);
        }
        return null;
    }

    private @Nullable PluginJar pinned(Path real, String origin, PinnedJars copies) {
        Path copy = copies.copy(real, origin.substring(prefix.length()), reason -> broken(origin, reason));
        return copy == null ? null : PluginJar.look(copy, origin, new FolderTrust(copies.root(), true, false), faults);
    }

    /** Returns the target of an entry, with links resolved; null if it must not be used. */
    private @Nullable Path real(Path entry, String origin) {
        try {
            Path real = entry.toRealPath();
            if (real.startsWith(root)) {
                return real;
            }
            broken(origin, "refused: it is a link that leads out of the folder of plugins. Copy what it leads to.");
        } catch (NoSuchFileException e) {
            broken(origin, "it is a link to what is not there. Mend the link, or copy the jar itself.");
        } catch (IOException e) {
            broken(
                    origin,
                    "it cannot be followed to a file (" + e.getClass().getSimpleName() + "). Copy the jar itself.");
        }
        return null;
    }

    private List<Path> list(Path folder, String origin) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !name(entry).startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            broken(origin, NOT_READABLE);
            return List.of();
        }
    }

    private void broken(String origin, String reason) {
        faults.add(PluginFault.broken(origin, PluginFault.ANY, reason));
    }

    private static boolean isNamedJar(Path entry) {
        return name(entry).toLowerCase(Locale.ROOT).endsWith(".jar");
    }

    private static String name(Path entry) {
        return String.valueOf(entry.getFileName());
    }
}
