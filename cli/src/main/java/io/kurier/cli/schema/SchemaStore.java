// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.schema;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where schemas have identities: a registry, or a folder. All methods wait, and throw {@link SchemaException}. */
public interface SchemaStore extends AutoCloseable {
    /** Returns the latest version of each subject, or each file, in the order of names. */
    List<KnownSchema> list();

    /**
     * Returns the schema of a name.
     *
     * @param version the version of a subject; 0 is the latest
     */
    KnownSchema named(String name, int version);

    /** Returns the schema of an id. */
    KnownSchema byId(long id);

    /** Returns the schema of a GUID. */
    KnownSchema byGuid(UUID guid);

    /** Does not throw a checked exception. */
    @Override
    void close();

    /**
     * Returns the schema that a user names: a file of any folder, an id, a GUID, or a name, with {@code :VERSION} if it
     * is not the latest.
     *
     * @param store null if the command has none, so that only files can be named
     */
    static KnownSchema find(String text, @Nullable SchemaStore store) {
        if (SchemaFiles.isFile(text)) {
            return KnownSchema.of(SchemaFiles.read(text));
        }
        if (store == null) {
            throw SchemaException.wrong(
                    text + ": there is no such file; for a subject or an id name a registry by --registry URL, or a"
                            + " folder by --folder DIR",
                    null);
        }
        if (text.matches("[0-9]{1,18}")) {
            return store.byId(Long.parseLong(text));
        }
        if (text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            return store.byGuid(UUID.fromString(text));
        }
        int colon = text.lastIndexOf(':');
        String version = text.substring(colon + 1);
        if (colon > 0 && version.matches("[0-9]{1,9}|latest")) {
            return store.named(text.substring(0, colon), version.equals("latest") ? 0 : Integer.parseInt(version));
        }
        return store.named(text, 0);
    }
}
