// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.core.internal.config.PluginPins;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Copies of the jars of one plugin, made while their digests are computed, in a folder that only this user may enter:
 * what is loaded is what was compared, even if the jar is replaced meanwhile. Used by one thread, but for the close.
 */
final class PinnedJars implements AutoCloseable {
    private final PluginPins pins;

    /** The folder and what is in it, in the order in which it was made. */
    private final List<Path> made = new ArrayList<>();

    PinnedJars(PluginPins pins) {
        this.pins = pins;
    }

    private Path folder() throws IOException {
        if (made.isEmpty()) {
            Path folder = Files.createTempDirectory("kurier-plugin").toRealPath();
            folder.toFile().deleteOnExit(); // for an application that does not close its publisher
            made.add(folder);
        }
        return made.get(0);
    }

    /** Returns the folder of the copies, of which there must be one. */
    Path root() {
        return made.get(0);
    }

    /**
     * Copies a jar.
     *
     * @param name its name below the folder of plugins, with slashes
     * @param refused receives the reason if its digest is not the listed one
     * @return the copy, or null if it must not be used
     */
    @Nullable
    Path copy(Path jar, String name, Consumer<String> refused) {
        try {
            Path copy = folder().resolve(name);
            String digest = digest(jar, copy);
            Set<String> listed = pins.of(name);
            if (listed.contains(digest)) {
                return copy;
            }
            Files.delete(copy);
            refused.accept(
                    listed.isEmpty()
                            ? "refused: its SHA-256 is " + digest + ", and the file of plugin.sha256 does not list "
                                    + name
                                    + ". Get the right digest from those who made it; if it is this one, add a line with"
                                    + " it."
                            : "refused: its SHA-256 is " + digest + ", and the file of plugin.sha256 lists "
                                    + String.join(" or ", listed)
                                    + ". Get the jar anew from those who made it, or correct the line if the jar was"
                                    + " replaced on purpose.");
        } catch (IOException e) {
            refused.accept("it cannot be copied to the folder of temporary files, which is what is loaded of a jar in"
                    + " plugin.sha256 (" + e.getClass().getSimpleName() + "). Make room there, or set java.io.tmpdir.");
        }
        return null;
    }

    private String digest(Path jar, Path copy) throws IOException {
        makeFolder(copy.getParent());
        made.add(copy);
        copy.toFile().deleteOnExit();
        MessageDigest sha256 = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(jar), sha256);
                OutputStream out = Files.newOutputStream(copy)) {
            in.transferTo(out);
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private void makeFolder(@Nullable Path folder) throws IOException {
        if (folder != null && !made.contains(folder)) {
            makeFolder(folder.getParent());
            Files.createDirectory(folder);
            folder.toFile().deleteOnExit();
            made.add(folder);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }

    /** Deletes the copies. */
    @Override
    public void close() throws IOException {
        for (int i = made.size() - 1; i >= 0; i--) {
            Files.deleteIfExists(made.get(i));
        }
    }
}
