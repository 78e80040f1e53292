// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.cli.read.RecordOpener;
import io.kurier.guards.encrypt.RecordDecryptor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of a command that opens encrypted records. */
final class OpenOptions {
    @Option(
            names = "--open",
            paramLabel = "KEYSET",
            description = "Decrypt the records with the keys in this file, as the guard encrypt has encrypted them. A"
                    + " record that cannot be decrypted is printed with the reason.")
    private @Nullable Path keyset;

    @Option(
            names = "--open-set",
            paramLabel = "KEY=VALUE",
            description = "Set a key for decryption, such as encrypted.headers=customer, record.key.keyset=FILE, or"
                    + " key.source=NAME in place of --open. May be repeated.")
    private Map<String, String> keys = new HashMap<>();

    /** Returns what opens records; it leaves them as they are if neither option is given. */
    RecordOpener opener(CommandLine command) {
        if (keyset == null && keys.isEmpty()) {
            return RecordOpener.none();
        }
        Map<String, String> all = new HashMap<>();
        keys.forEach((key, value) -> all.put(RecordDecryptor.PREFIX + key, value));
        if (keyset != null) {
            all.put(RecordDecryptor.PREFIX + "key.source.file", keyset.toString());
        }
        try {
            return RecordOpener.of(new RecordDecryptor(all));
        } catch (ConfigException e) {
            throw new ParameterException(command, "--open: " + e.getMessage(), e);
        }
    }
}
