// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import io.kurier.guards.internal.KeysetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Wraps data keys with the primary key of a keyset in a file, and unwraps them with any key of it. */
final class TinkKeyset implements KeySource {
    private static final byte[] NO_ASSOCIATED_DATA = {};
    private static final String PREFIX = "tink:";

    /** What the file had when it was read. */
    private record Loaded(
            KeysetHandle keyset,
            Aead aead,
            FileTime modified,
            @Nullable Object inode) {
        boolean isOf(BasicFileAttributes file) {
            return modified.equals(file.lastModifiedTime()) && Objects.equals(inode, file.fileKey());
        }

        boolean has(String keyId) {
            for (int i = 0; i < keyset.size(); i++) {
                if (keyId.equals(id(keyset.getAt(i)))) {
                    return true;
                }
            }
            return false;
        }
    }

    private final Path path;
    private volatile @Nullable Loaded loaded;

    TinkKeyset(Path path) {
        this.path = path;
    }

    private static String id(KeysetHandle.Entry key) {
        return PREFIX + Integer.toUnsignedString(key.getId());
    }

    /** Returns the keyset of the file, which is read only if it has changed. */
    Loaded read() throws IOException, GeneralSecurityException {
        Loaded last = loaded;
        if (last != null) {
            try {
                if (last.isOf(Files.readAttributes(path, BasicFileAttributes.class))) {
                    return last;
                }
            } catch (IOException e) {
                return last; // it is being replaced
            }
        }
        BasicFileAttributes file = null;
        if (Files.exists(path)) {
            file = Files.readAttributes(path, BasicFileAttributes.class);
        }
        KeysetFile whole = new KeysetFile(path);
        KeysetHandle keyset = whole.read();
        Loaded now = new Loaded(
                keyset,
                whole.primitive(keyset, Aead.class),
                file == null ? FileTime.fromMillis(0) : file.lastModifiedTime(),
                file == null ? null : file.fileKey());
        loaded = now;
        return now;
    }

    @Override
    public WrappedKey wrap(byte[] dataKey) throws IOException, GeneralSecurityException {
        Loaded now = read();
        return new WrappedKey(id(now.keyset().getPrimary()), now.aead().encrypt(dataKey, NO_ASSOCIATED_DATA));
    }

    @Override
    public byte[] unwrap(WrappedKey wrapped) throws IOException, GeneralSecurityException {
        Loaded now = read();
        if (!now.has(wrapped.keyId())) {
            throw new GeneralSecurityException("the keyset " + path + " has no key " + wrapped.keyId());
        }
        try {
            return now.aead().decrypt(wrapped.bytes(), NO_ASSOCIATED_DATA);
        } catch (GeneralSecurityException e) {
            throw new GeneralSecurityException(
                    "the data key was not wrapped by the key " + wrapped.keyId() + " of " + path + ", or was changed");
        }
    }
}
