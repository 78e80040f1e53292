// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares a message with the file that pins it; {@code -Dgolden.update=true} rewrites the files instead. */
final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/golden/topics");

    private Golden() {}

    /** The address of a test's broker is 127.0.0.1:9092 in the files. */
    static void assertPinned(String file, StartException error) throws IOException {
        String text = String.valueOf(error.getMessage()).replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:9092") + "\n";
        Path pinned = FOLDER.resolve(file);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(FOLDER);
            Files.writeString(pinned, text);
        }
        assertThat(text).as("%s; -Dgolden.update=true rewrites it", pinned).isEqualTo(Files.readString(pinned));
    }
}
