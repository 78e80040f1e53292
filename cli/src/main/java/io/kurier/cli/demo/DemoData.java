// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files that the demo publishes when it is given none, laid out in a temporary folder. */
public final class DemoData implements AutoCloseable {
    private static final List<String> FILES = List.of("access.log", "deliveries.csv", "orders.jsonl", "stores.json");

    private final Path folder;

    private DemoData(Path folder) {
        this.folder = folder;
    }

    /** Lays the files out; close it to delete them. */
    public static DemoData unpack() throws IOException {
        DemoData data = new DemoData(Files.createTempDirectory("kurier-demo-"));
        for (String name : FILES) {
            try (InputStream file = DemoData.class.getResourceAsStream("data/" + name)) {
                if (file == null) {
                    throw new IOException("the demo's file " + name + " is missing from " + DemoData.class.getName());
                }
                Files.copy(file, data.folder.resolve(name));
            }
        }
        return data;
    }

    /** Where they are. */
    public Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        for (String name : FILES) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.deleteIfExists(folder);
    }
}
