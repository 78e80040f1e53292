// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.serializers.internal.IdsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with schemas that a test fills. */
record Folder(Path path) {
    /** The descriptor set that protoc has written for the generated classes. */
    static final Path SHOP = Path.of("target/generated-test-resources/shop.desc");

    static final Path SHOP_PROTO = Path.of("src/test/protobuf/shop/shop.proto");

    Folder with(String file, String content) {
        return with(file, content.getBytes(UTF_8));
    }

    Folder with(String file, byte[] content) {
        try {
            Files.write(path.resolve(file), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Folder copy(String file, Path from) {
        try {
            return with(file, Files.readAllBytes(from));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Folder ids(String... lines) {
        return with(IdsFile.NAME, String.join("\n", lines));
    }
}
