// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.sign;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.spi.Guard;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.GuardSettings;
import io.kurier.spi.PluginThreads;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;

/** Makes the guard {@code sign} available in configuration: it signs the records of a topic. */
public final class SignPlugin implements GuardPlugin {
    private static final String KEYSET_FILE = "keyset.file";
    private static final String TOPIC = "topic";
    private static final String HEADERS = "headers";

    /** Creates the plugin; for {@link java.util.ServiceLoader}. */
    public SignPlugin() {}

    @Override
    public String name() {
        return "sign";
    }

    @Override
    public ConfigDef configDef() {
        return new ConfigDef()
                .define(
                        KEYSET_FILE,
                        ConfigDef.Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        Importance.HIGH,
                        "The file with the keyset whose primary key signs, in Tink's JSON format, which only its owner"
                                + " may read (mode 0600). kurier keys generate --for signatures makes one. It is read"
                                + " again within seconds when it has changed.")
                .define(
                        TOPIC,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.LOW,
                        "The logical topic that records are signed for. If empty, the topic's name. Set it where topics"
                                + " are mirrored under other names.")
                .define(
                        HEADERS,
                        ConfigDef.Type.LIST,
                        List.of(),
                        Importance.MEDIUM,
                        "The names of headers that are signed, in addition to those that describe the value: a reader"
                                + " detects that one of them was changed, added or removed.");
    }

    /**
     * Returns the guard of a topic.
     *
     * @throws ConfigException if the keyset cannot be read, users other than its owner have rights to its file, its
     *     keys are of another kind, or the signature's own header is listed
     */
    @Override
    public Guard guard(GuardSettings settings) {
        AbstractConfig keys = settings.config();
        String prefix = "topics." + settings.alias() + ".guard." + settings.name() + ".";
        Set<String> listed = new LinkedHashSet<>(keys.getList(HEADERS));
        if (listed.contains(SignatureHeader.NAME)) {
            throw new ConfigException(
                    prefix + HEADERS,
                    SignatureHeader.NAME,
                    "this header has the signature and cannot be signed itself. Take it off the list");
        }
        String topic = keys.getString(TOPIC).isEmpty() ? settings.topic() : keys.getString(TOPIC);
        WatchedKeyset<SigningKey> keyset = WatchedKeyset.open(
                prefix + KEYSET_FILE,
                Path.of(keys.getString(KEYSET_FILE)),
                SigningKey::primaryOf,
                SignPlugin::inBackground);
        return new SignGuard(keyset, topic.getBytes(UTF_8), Collections.unmodifiableSet(listed));
    }

    private static void inBackground(Runnable look) {
        PluginThreads.call(() -> {
            look.run();
            return look;
        });
    }
}
