// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.testplugins;

import io.kurier.spi.SerializerPlugin;
import io.kurier.spi.SerializerSettings;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.serialization.Serializer;

/** Has a key of its own that is a secret, and blabs: it quotes a password that begins with {@code quote}. */
public final class Signed implements SerializerPlugin {
    @Override
    public String name() {
        return "signed";
    }

    @Override
    public ConfigDef configDef() {
        return new ConfigDef()
                .define(
                        "password",
                        ConfigDef.Type.PASSWORD,
                        ConfigDef.NO_DEFAULT_VALUE,
                        (name, value) -> {
                            String password = value == null ? "" : ((Password) value).value();
                            if (!password.contains(" ")) {
                                throw new ConfigException(name, password, password + " is one word");
                            }
                        },
                        ConfigDef.Importance.HIGH,
                        "password")
                .define(
                        "algorithm",
                        ConfigDef.Type.STRING,
                        "sha256",
                        ConfigDef.ValidString.in("sha256", "sha512"),
                        ConfigDef.Importance.LOW,
                        "algorithm")
                .define(
                        "rounds",
                        ConfigDef.Type.INT,
                        1,
                        ConfigDef.Range.atLeast(1),
                        ConfigDef.Importance.LOW,
                        "rounds");
    }

    @Override
    public Serializer<?> serializer(SerializerSettings settings) {
        String password = settings.config().getPassword("password").value();
        if (password.startsWith("quote")) {
            throw new IllegalStateException("no key can be made of " + password);
        }
        return (Serializer<byte[]>) (topic, bytes) -> bytes;
    }
}
