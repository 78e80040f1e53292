// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 digests that the jars of plugins must have, from a file as {@code sha256sum} writes it. Names are those of
 * the jars below a folder of {@code plugin.path}; a name may have several digests, since there may be several folders.
 * Immutable.
 */
public final class PluginPins {
    private static final Pattern LINE = Pattern.compile("([0-9a-fA-F]{64}) [ *](?:\\./)?(\\S.*)");
    private static final int MOST_BYTES = 1 << 20;

    private final Map<String, Set<String>> digests;

    private PluginPins(Map<String, Set<String>> digests) {
        this.digests = digests;
    }

    /**
     * Reads a file.
     *
     * @param setting the one that names the file, for problems
     * @param named the file, for people
     * @return null if there was a problem
     */
    static @Nullable PluginPins read(Path file, Setting setting, String named, Problems problems) {
        String others = WriteAccess.byOthers(file);
        if (others != null) {
            problems.add(setting, named + " is no proof of anything: " + others);
            return null;
        }
        if (WriteAccess.replaceableIn(file.toAbsolutePath()) != null) {
            problems.add(
                    setting,
                    named
                            + " is no proof of anything: every user may put another file in its place, since every user may"
                            + " write to a folder above it. Take that right away: chmod o-w.");
            return null;
        }
        List<String> lines;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                problems.add(setting, named + " is larger than 1 MiB. Name a file that sha256sum has written.");
                return null;
            }
            lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            problems.add(setting, named + " cannot be read. Let the user of this process read it.");
            return null;
        }
        Map<String, Set<String>> digests = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            Matcher line = LINE.matcher(lines.get(i));
            if (!line.matches()) {
                problems.add(
                        setting,
                        "line " + (i + 1) + " of " + named
                                + " is not a SHA-256 digest, two spaces and the name of a jar"
                                + " below a folder of " + PublisherKeys.PLUGIN_PATH
                                + ". Write the file anew: in that folder, sha256sum */*.jar.");
                return null;
            }
            digests.computeIfAbsent(line.group(2), name -> new TreeSet<>())
                    .add(line.group(1).toLowerCase(Locale.ROOT));
        }
        if (digests.isEmpty()) {
            problems.add(setting, named + " has no line, so no jar could be used. Write it with sha256sum.");
            return null;
        }
        return new PluginPins(Map.copyOf(digests));
    }

    /** Returns the digests that a jar may have, in lower case; empty if it is not listed. */
    public Set<String> of(String name) {
        return digests.getOrDefault(name, Set.of());
    }
}
