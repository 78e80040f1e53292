// SPDX-License-Identifier: Apache-2.0
/**
 * Where the key-encryption keys are: a {@link io.kurier.guards.encrypt.keys.KeySource} wraps data keys for writers and
 * unwraps them for readers. Two are here, {@code tink-keyset} for a file and {@code tink-kms} for the key management
 * services that Tink has clients for. For another service, implement {@link
 * io.kurier.guards.encrypt.keys.KeySourcePlugin} and name the class in
 * {@code META-INF/services/io.kurier.guards.encrypt.keys.KeySourcePlugin}:
 *
 * <pre>{@code
 * public final class VaultKeys implements KeySourcePlugin {
 *     public String name() {
 *         return "vault";
 *     }
 *
 *     public ConfigDef configDef() {
 *         return new ConfigDef().define("url", ConfigDef.Type.STRING, ConfigDef.Importance.HIGH, "Vault's address.");
 *     }
 *
 *     public KeySource keySource(AbstractConfig config) {
 *         Vault vault = new Vault(config.getString("url"));
 *         return new KeySource() {
 *             public WrappedKey wrap(byte[] dataKey) throws IOException {
 *                 return new WrappedKey(vault.keyName(), vault.encrypt(dataKey));
 *             }
 *
 *             public byte[] unwrap(WrappedKey wrapped) throws IOException {
 *                 return vault.decrypt(wrapped.keyId(), wrapped.bytes());
 *             }
 *         };
 *     }
 * }
 * }</pre>
 *
 * <p>Writers and readers then choose it with {@code key.source=vault} and {@code key.source.url}.
 */
@NullMarked
package io.kurier.guards.encrypt.keys;

import org.jspecify.annotations.NullMarked;
