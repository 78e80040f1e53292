// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The schema files of this package. */
final class Resource {
    private Resource() {}

    /** Returns a file's path on the class path. */
    static String path(String file) {
        return Resource.class.getPackageName().replace('.', '/') + "/" + file;
    }

    static String text(String file) {
        try (InputStream in = Objects.requireNonNull(Resource.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
