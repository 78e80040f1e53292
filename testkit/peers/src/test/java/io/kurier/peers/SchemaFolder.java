// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A folder with one schema and its id, for Kurier's source {@code file}. */
record SchemaFolder(Path path) {

    /** Fills an empty folder with the file of a schema and an id of the registry. */
    static SchemaFolder of(Path empty, long id, Path schema) {
        try {
            String name = String.valueOf(schema.getFileName());
            Files.copy(schema, empty.resolve(name));
            Files.writeString(empty.resolve("ids.properties"), id + "=" + name + "\n");
            return new SchemaFolder(empty);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the keys of the source. */
    Map<String, String> source() {
        return Map.of("schemas", "file", "schemas.folder", path.toString());
    }
}
