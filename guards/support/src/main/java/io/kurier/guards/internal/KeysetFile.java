// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.internal;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.SecretKeyAccess;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.EnumSet;
import java.util.Set;

/**
 * A keyset of Tink in a file, in Tink's JSON format and not encrypted. Where the file system has POSIX permissions,
 * only the owner of the file may read or write it.
 *
 * @param path the file
 */
public record KeysetFile(Path path) {
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /**
     * Reads the keyset.
     *
     * @throws IOException if the file cannot be read, or users other than its owner have rights to it
     * @throws GeneralSecurityException if it is no keyset; shows nothing of it
     */
    public KeysetHandle read() throws IOException, GeneralSecurityException {
        checkPermissions();
        return parsed(TinkJsonProtoKeysetFormat::parseKeyset);
    }

    /**
     * Reads a keyset of public keys, which any user may read.
     *
     * @throws IOException if the file cannot be read
     * @throws GeneralSecurityException if it is no keyset, or has secret keys
     */
    public KeysetHandle readPublic() throws IOException, GeneralSecurityException {
        return parsed((text, access) -> TinkJsonProtoKeysetFormat.parseKeysetWithoutSecret(text));
    }

    /**
     * Reads the keyset and returns what its keys do.
     *
     * @param primitive an interface of Tink
     * @throws IOException as {@link #read}
     * @throws GeneralSecurityException as {@link #read}, or if its keys are of another kind
     */
    public <P> P primitive(Class<P> primitive) throws IOException, GeneralSecurityException {
        return primitive(read(), primitive);
    }

    /** Returns what the keys of a keyset do. */
    public <P> P primitive(KeysetHandle keyset, Class<P> primitive) throws GeneralSecurityException {
        try {
            return keyset.getPrimitive(RegistryConfiguration.get(), primitive);
        } catch (GeneralSecurityException e) {
            throw new GeneralSecurityException(path + " has keys of another kind: these cannot be used as "
                    + primitive.getSimpleName() + ". kurier keys generate --for makes those of each kind");
        }
    }

    private interface Parser {
        KeysetHandle parse(String text, SecretKeyAccess access) throws GeneralSecurityException;
    }

    private KeysetHandle parsed(Parser parser) throws IOException, GeneralSecurityException {
        KeyKind.register();
        String text;
        try {
            text = Files.readString(path);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + path + ". Make one with: kurier keys generate " + path, e);
        }
        try {
            return parser.parse(text, InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException | RuntimeException e) { // its message may quote the file
            throw new GeneralSecurityException(path + " is no keyset of this kind in Tink's JSON format ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    private void checkPermissions() throws IOException {
        Set<PosixFilePermission> all;
        try {
            all = EnumSet.copyOf(Files.getPosixFilePermissions(path));
        } catch (UnsupportedOperationException e) {
            return;
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + path + ". Make one with: kurier keys generate " + path, e);
        }
        all.removeIf(right -> right.name().startsWith("OWNER_"));
        if (!all.isEmpty()) {
            throw new IOException("users other than its owner have rights to " + path + " ("
                    + PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
                    + "), which has secret keys. Take them away with: chmod 600 " + path);
        }
    }

    /**
     * Writes a new keyset with one key to the file, which must not exist.
     *
     * @return the id of the key
     */
    public int generate(KeyKind kind) throws IOException, GeneralSecurityException {
        KeyKind.register();
        if (Files.exists(path)) {
            throw new FileAlreadyExistsException(
                    path.toString(), null, "it exists. Keys that are overwritten cannot be restored");
        }
        KeysetHandle keyset = KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.generateEntryFromParameters(kind.parameters())
                        .withRandomId()
                        .makePrimary())
                .build();
        write(TinkJsonProtoKeysetFormat.serializeKeyset(keyset, InsecureSecretKeyAccess.get()), path, OWNER);
        return keyset.getPrimary().getId();
    }

    /**
     * Adds a key of the kind of the primary one. The file is replaced at once, so that a reader sees it before or after
     * the change.
     *
     * @param asPrimary whether new data are written with it; if not, it is there for readers, and the next call with
     *     true makes it the primary one and adds none
     * @return the id of the key that was added or made primary
     */
    public int rotate(boolean asPrimary) throws IOException, GeneralSecurityException {
        KeysetHandle old = read();
        KeysetHandle.Entry last = old.getAt(old.size() - 1);
        KeysetHandle.Builder changed = KeysetHandle.newBuilder(old);
        if (!asPrimary || last.isPrimary()) {
            KeysetHandle.Builder.Entry added = KeysetHandle.generateEntryFromParameters(
                            old.getPrimary().getKey().getParameters())
                    .withRandomId();
            changed.addEntry(asPrimary ? added.makePrimary() : added);
        } else {
            changed.getAt(old.size() - 1).makePrimary();
        }
        KeysetHandle keyset = changed.build();
        write(TinkJsonProtoKeysetFormat.serializeKeyset(keyset, InsecureSecretKeyAccess.get()), path, OWNER);
        return keyset.getAt(keyset.size() - 1).getId();
    }

    /** Writes the public keys of the keyset to another file, which any user may read; it is replaced if it exists. */
    public void writePublic(Path other) throws IOException, GeneralSecurityException {
        write(
                TinkJsonProtoKeysetFormat.serializeKeysetWithoutSecret(read().getPublicKeysetHandle()),
                other,
                PosixFilePermissions.fromString("rw-r--r--"));
    }

    private static void write(String text, Path to, Set<PosixFilePermission> rights) throws IOException {
        Path folder = to.toAbsolutePath().resolveSibling("");
        Path made = Files.createTempFile(folder, ".keyset", ".json", ownerOnly(folder));
        try {
            Files.writeString(made, text);
            if (Files.getFileStore(made).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(made, rights);
            }
            Files.move(made, to, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(made);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) throws IOException {
        return Files.getFileStore(folder).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
                : new FileAttribute<?>[0];
    }
}
