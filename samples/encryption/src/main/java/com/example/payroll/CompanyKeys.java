// SPDX-License-Identifier: Apache-2.0
package com.example.payroll;

import io.kurier.guards.encrypt.keys.KeySource;
import io.kurier.guards.encrypt.keys.KeySourcePlugin;
import io.kurier.guards.encrypt.keys.WrappedKey;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

// region source
/** The key source {@code company}: one key, whose 32 bytes the configuration has in Base64. A client of a vault here. */
public final class CompanyKeys implements KeySourcePlugin {
    @Override
    public String name() {
        return "company";
    }

    @Override
    public ConfigDef configDef() {
        return new ConfigDef()
                .define("secret", ConfigDef.Type.PASSWORD, ConfigDef.Importance.HIGH, "The 32 bytes in Base64.");
    }

    @Override
    public KeySource keySource(AbstractConfig config) {
        Key key = new SecretKeySpec(
                Base64.getDecoder().decode(config.getPassword("secret").value()), "AES");
        return new KeySource() {
            @Override
            public WrappedKey wrap(byte[] dataKey) throws GeneralSecurityException {
                Cipher cipher = Cipher.getInstance("AESWrap"); // RFC 3394
                cipher.init(Cipher.WRAP_MODE, key);
                return new WrappedKey("company/payroll", cipher.wrap(new SecretKeySpec(dataKey, "AES")));
            }

            @Override
            public byte[] unwrap(WrappedKey wrapped) throws GeneralSecurityException {
                Cipher cipher = Cipher.getInstance("AESWrap");
                cipher.init(Cipher.UNWRAP_MODE, key);
                return cipher.unwrap(wrapped.bytes(), "AES", Cipher.SECRET_KEY).getEncoded();
            }
        };
    }
}
// endregion
