// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.guards.internal.KeysetFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kurier keys generate}, {@code rotate} and {@code public}. */
class KeysetCommandTest {
    @TempDir
    private Path folder;

    private static String id(int id) {
        return Integer.toUnsignedString(id);
    }

    @Test
    void generatesAKeysetThatOnlyItsOwnerMayRead() throws Exception {
        Path file = folder.resolve("keys.json");
        CommandRun run = CommandRun.of("keys", "generate", file.toString());
        int key = new KeysetFile(file).read().getPrimary().getId();
        assertThat(run).isEqualTo(new CommandRun(0, file + ": key " + id(key) + " is the primary one\n", ""));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void overwritesNoKeyset() throws Exception {
        Path file = Files.writeString(folder.resolve("keys.json"), "precious");
        CommandRun run = CommandRun.of("keys", "generate", file.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("it exists. Keys that are overwritten cannot be restored");
        assertThat(file).hasContent("precious");
    }

    @Test
    void preparesAKeyForReadersAndThenMakesItThePrimaryOne() throws Exception {
        Path file = folder.resolve("keys.json");
        assertThat(CommandRun.of("keys", "generate", file.toString()).exitCode())
                .isZero();
        KeysetFile keyset = new KeysetFile(file);
        int first = keyset.read().getPrimary().getId();

        CommandRun prepared = CommandRun.of("keys", "rotate", "--prepare", file.toString());
        int second = keyset.read().getAt(1).getId();
        assertThat(prepared.out()).isEqualTo(file + ": key " + id(second) + " is there for readers\n");
        assertThat(keyset.read().getPrimary().getId()).isEqualTo(first);

        CommandRun rotated = CommandRun.of("keys", "rotate", file.toString());
        assertThat(rotated.out()).isEqualTo(file + ": key " + id(second) + " is the primary one\n");
        assertThat(keyset.read().getPrimary().getId()).isEqualTo(second);
        assertThat(keyset.read().size()).isEqualTo(2);
    }

    @Test
    void writesThePublicKeysOfSignatures() throws Exception {
        Path file = folder.resolve("signing.json");
        Path published = folder.resolve("public.json");
        assertThat(CommandRun.of("keys", "generate", "--for=signatures", file.toString())
                        .exitCode())
                .isZero();
        assertThat(CommandRun.of("keys", "public", file.toString(), published.toString()))
                .isEqualTo(new CommandRun(0, published + ": the public keys\n", ""));
        assertThat(new KeysetFile(published).readPublic().getPrimary().getId())
                .isEqualTo(new KeysetFile(file).read().getPrimary().getId());
    }

    @Test
    void refusesWhatIsNoKeyset() throws Exception {
        Path file = Files.writeString(folder.resolve("keys.json"), "{\"secret\":\"4111\"}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        CommandRun run = CommandRun.of("keys", "rotate", file.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains(file + " is no keyset of this kind in Tink's JSON format")
                .doesNotContain("4111");
        CommandRun missing =
                CommandRun.of("keys", "rotate", folder.resolve("none.json").toString());
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).contains("there is no file " + folder.resolve("none.json"));
    }
}
