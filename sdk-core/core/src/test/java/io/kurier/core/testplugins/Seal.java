// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.testplugins;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Guard;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.GuardSettings;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Puts a record in another's place: the value in brackets, and a header more. It has a secret of its own, and blabs: it
 * quotes a password that begins with {@code quote}; one that begins with {@code none} makes no guard.
 */
public final class Seal implements GuardPlugin {
    @Override
    public String name() {
        return "seal";
    }

    @Override
    public Set<String> aliases() {
        return Set.of("seal.2");
    }

    @Override
    public ConfigDef configDef() {
        return new ConfigDef()
                .define(
                        "password",
                        ConfigDef.Type.PASSWORD,
                        ConfigDef.NO_DEFAULT_VALUE,
                        ConfigDef.Importance.HIGH,
                        "password")
                .define(
                        "color",
                        ConfigDef.Type.STRING,
                        "red",
                        ConfigDef.ValidString.in("red", "black"),
                        ConfigDef.Importance.LOW,
                        "value of the header");
    }

    @Override
    @SuppressWarnings("NullAway") // what plugins outside null-checked code answer
    public Guard guard(GuardSettings settings) {
        String password = settings.config().getPassword("password").value();
        if (password.startsWith("quote")) {
            throw new IllegalStateException("no seal can be made of " + password);
        }
        byte[] color = settings.config().getString("color").getBytes(UTF_8);
        return password.startsWith("none") ? null : record -> sealed(record, color);
    }

    private static EncodedRecord sealed(EncodedRecord record, byte[] color) {
        byte[] value = record.value();
        if (value == null) {
            throw new IllegalArgumentException("a tombstone cannot be sealed");
        }
        record.headers().add("seal", color);
        return record.withValue(("[" + new String(value, UTF_8) + "]").getBytes(UTF_8));
    }
}
