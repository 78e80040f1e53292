// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaFileTest {
    @TempDir
    private Path folder;

    @Test
    void readsAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("größe.avsc"), "{\"ü\"}");

        assertThat(SchemaFile.read("schema", file.toString())).isEqualTo("{\"ü\"}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsAResourceWithAndWithoutALeadingSlash() {
        assertThat(SchemaFile.read("schema", "classpath:io/kurier/serializers/internal/some.txt"))
                .asString()
                .isEqualTo("some\n");
        assertThat(SchemaFile.read("schema", "classpath:/io/kurier/serializers/internal/some.txt"))
                .asString()
                .isEqualTo("some\n");
    }

    @Test
    void knowsWhetherThereIsAFileOrAResource() throws IOException {
        Path file = Files.writeString(folder.resolve("a.avsc"), "{}");

        assertThat(SchemaFile.exists(file.toString())).isTrue();
        assertThat(SchemaFile.exists(folder.toString())).isFalse();
        assertThat(SchemaFile.exists("no/such.avsc")).isFalse();
        assertThat(SchemaFile.exists("classpath:io/kurier/serializers/internal/some.txt"))
                .isTrue();
        assertThat(SchemaFile.exists("classpath:io/kurier/such.txt")).isFalse();
    }

    @Test
    void saysWhereItLookedForAFileThatIsMissing() {
        assertThatThrownBy(() -> SchemaFile.read("schema", "no/such.avsc"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Invalid value no/such.avsc for configuration schema: there is no such file, seen from "
                        + Path.of("").toAbsolutePath()
                        + ". Correct the path, or write classpath:NAME for a resource");
    }

    @Test
    void saysThatAResourceIsMissing() {
        assertThatThrownBy(() -> SchemaFile.read("schema", "classpath:such.avsc"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there is no such resource on the class path");
    }

    @Test
    void refusesAFolderAndAFileThatIsNoSchemaByItsSize() throws IOException {
        Path large = folder.resolve("large");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(16 * 1024 * 1024 + 1);
        }

        assertThatThrownBy(() -> SchemaFile.read("schema", folder.toString()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> SchemaFile.read("schema", large.toString()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("more than 16777216 bytes");
    }
}
