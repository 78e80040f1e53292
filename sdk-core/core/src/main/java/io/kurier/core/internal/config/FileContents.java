// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The digests of files at one moment. Contents are compared, since a time-stamp changes with a touch, and Kubernetes
 * exchanges the target of a link.
 *
 * @param digests the SHA-256 of each file that could be read
 */
public record FileContents(Map<Path, String> digests) {
    private static final Logger LOG = LoggerFactory.getLogger(FileContents.class);

    /** No file. */
    public static final FileContents NONE = new FileContents(Map.of());

    /** Copies the map. */
    public FileContents {
        digests = Map.copyOf(digests);
    }

    /**
     * Reads files.
     *
     * @param before the digests of files that cannot be read at the moment
     */
    public static FileContents of(Collection<Path> files, FileContents before) {
        Map<Path, String> digests = new HashMap<>();
        for (Path file : files) {
            String digest = before.digests.get(file);
            try {
                digest = Files.isRegularFile(file) ? digest(file) : digest; // a pipe would never end
            } catch (IOException e) {
                LOG.debug("{} cannot be read at the moment", file, e);
            }
            if (digest != null) {
                digests.put(file, digest);
            }
        }
        return new FileContents(digests);
    }

    private static String digest(Path file) throws IOException {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
            long unused = in.transferTo(OutputStream.nullOutputStream());
        }
        return Base64.getEncoder().encodeToString(sha256.digest());
    }
}
