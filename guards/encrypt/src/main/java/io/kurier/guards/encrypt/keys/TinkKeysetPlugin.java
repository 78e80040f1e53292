// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * The key source {@code tink-keyset}: key-encryption keys in a file, a keyset of Tink with the primitive AEAD, which
 * {@code kurier keys generate} makes. The file is read again when it has changed, so that a rotated key is used for the
 * next data key.
 */
public final class TinkKeysetPlugin implements KeySourcePlugin {
    /** The plugin's name. */
    public static final String NAME = "tink-keyset";

    private static final String FILE = "file";

    /** Creates the plugin; for {@link java.util.ServiceLoader}. */
    public TinkKeysetPlugin() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ConfigDef configDef() {
        return new ConfigDef()
                .define(
                        FILE,
                        ConfigDef.Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        ConfigDef.Importance.HIGH,
                        "The file with the keyset, in Tink's JSON format, which only its owner may read (mode 0600)."
                                + " kurier keys generate makes one.");
    }

    /**
     * Opens the file.
     *
     * @throws ConfigException if it cannot be read, users other than its owner have rights to it, or it is no keyset
     */
    @Override
    public KeySource keySource(AbstractConfig config) {
        TinkKeyset keyset = new TinkKeyset(Path.of(config.getString(FILE)));
        try {
            keyset.read();
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
        return keyset;
    }
}
