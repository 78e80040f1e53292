// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files that the demo publishes when it is given none; they come with the jar. */
public final class DemoData {
    private static final List<String> FILES = List.of("access.log", "deliveries.csv", "orders.jsonl", "stores.json");

    private DemoData() {}

    /**
     * Lays the files out in a folder, which is made if it is missing.
     *
     * @return the folder
     * @throws IOException if they cannot be written
     */
    public static Path unpack(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String name : FILES) {
            try (InputStream file = DemoData.class.getResourceAsStream("data/" + name)) {
                if (file == null) {
                    throw new IOException("the demo's file " + name + " is missing from " + DemoData.class.getName());
                }
                Files.copy(file, folder.resolve(name));
            }
        }
        return folder;
    }
}
