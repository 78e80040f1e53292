// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt;

import com.google.crypto.tink.DeterministicAead;
import io.kurier.guards.encrypt.internal.fields.FieldTree;
import io.kurier.guards.encrypt.keys.KeySource;
import io.kurier.guards.encrypt.keys.KeySourcePlugin;
import io.kurier.guards.encrypt.keys.TinkKeysetPlugin;
import io.kurier.guards.internal.KeysetFile;
import io.kurier.serializers.internal.ChosenPlugins;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;

/**
 * The keys that the guard and the readers share.
 *
 * @param keys the values
 * @param prefix what precedes the keys where they are set, for errors
 */
record EncryptConfig(AbstractConfig keys, String prefix) {
    static final String KEY_SOURCE = "key.source";
    static final String TOPIC = "topic";
    static final String FIELDS = "fields";
    static final String HEADERS = "headers";
    static final String ENCRYPTED_HEADERS = "encrypted.headers";
    static final String RECORD_KEY_KEYSET = "record.key.keyset";

    private static final String SOURCE_PREFIX = KEY_SOURCE + ".";

    /** Returns the definition, with the keys of all sources on the class path. */
    static ConfigDef definition() {
        ConfigDef keys = new ConfigDef()
                .define(
                        KEY_SOURCE,
                        ConfigDef.Type.STRING,
                        TinkKeysetPlugin.NAME,
                        Importance.HIGH,
                        "Where the key-encryption keys are: tink-keyset for a file, tink-kms for a key management"
                                + " service that Tink has a client for, or the name of a KeySourcePlugin.")
                .define(
                        TOPIC,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.LOW,
                        "The logical topic that values are bound to. If empty, the topic's name. Set it where topics"
                                + " are mirrored under other names.")
                .define(
                        ENCRYPTED_HEADERS,
                        ConfigDef.Type.LIST,
                        List.of(),
                        Importance.MEDIUM,
                        "The names of headers whose values are encrypted too.")
                .define(
                        FIELDS,
                        ConfigDef.Type.LIST,
                        List.of(),
                        Importance.MEDIUM,
                        "The paths of the fields that are encrypted, such as card,address.street; of lists and maps each"
                                + " element is meant. If empty, the whole value is encrypted.")
                .define(
                        RECORD_KEY_KEYSET,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "The file with the keyset that record keys are encrypted with, so that equal keys stay equal"
                                + " (AES-SIV; kurier keys generate --for record-keys). If empty, keys stay in plain"
                                + " text.");
        sources().plugins().forEach(plugin -> ChosenPlugins.defineKeys(keys, SOURCE_PREFIX, plugin));
        return keys;
    }

    private static ChosenPlugins<KeySourcePlugin> sources() {
        return ChosenPlugins.load(KeySourcePlugin.class, EncryptConfig.class.getClassLoader());
    }

    /**
     * Opens the key source.
     *
     * @throws ConfigException if there is none of the name, or it cannot be opened
     */
    KeySource keySource() {
        ChosenPlugins<KeySourcePlugin> sources = sources();
        String name = keys.getString(KEY_SOURCE);
        KeySourcePlugin plugin = sources.plugins().stream()
                .filter(each -> each.name().equals(name) || each.aliases().contains(name))
                .findFirst()
                .orElseThrow(() -> new ConfigException(
                        prefix + KEY_SOURCE,
                        name,
                        "there is no key source of that name. There are "
                                + sources.plugins().stream()
                                        .map(KeySourcePlugin::name)
                                        .sorted()
                                        .collect(Collectors.joining(", "))
                                + (sources.broken() == null
                                        ? ""
                                        : "; another one cannot be loaded: " + sources.broken())));
        AbstractConfig own;
        try {
            own = new AbstractConfig(plugin.configDef(), keys.originalsWithPrefix(SOURCE_PREFIX), false);
        } catch (ConfigException e) {
            throw new ConfigException(
                    "the key source " + name + " needs keys below " + prefix + SOURCE_PREFIX + ": " + e.getMessage());
        }
        try {
            return plugin.keySource(own);
        } catch (ConfigException e) {
            throw new ConfigException("the key source " + name + " cannot be opened: " + e.getMessage());
        }
    }

    /** Returns the logical topic of a physical one. */
    String logical(String topic) {
        String set = keys.getString(TOPIC);
        return set.isEmpty() ? topic : set;
    }

    /**
     * Returns the fields that are encrypted; empty if whole values are.
     *
     * @throws ConfigException if one of the paths is none
     */
    Optional<FieldTree> fields() {
        List<String> paths = keys.getList(FIELDS);
        if (paths.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(FieldTree.of(paths));
        } catch (ConfigException e) {
            throw new ConfigException(prefix + FIELDS, paths, e.getMessage());
        }
    }

    Set<String> encryptedHeaders() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(keys.getList(ENCRYPTED_HEADERS)));
    }

    /**
     * Returns the cipher of record keys; empty if they are not encrypted.
     *
     * @throws ConfigException if the keyset cannot be read, or has keys of another kind
     */
    Optional<DeterministicAead> recordKeys() {
        String file = keys.getString(RECORD_KEY_KEYSET);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new KeysetFile(Path.of(file)).primitive(DeterministicAead.class));
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigException(prefix + RECORD_KEY_KEYSET, file, e.getMessage());
        }
    }

    /** Names the key source for an error, without secrets. */
    String described() {
        return "the key source " + keys.getString(KEY_SOURCE);
    }
}
