// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.encrypt.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KmsClient;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * The key source {@code tink-kms}: a key in a key management service, by the URI that Tink has for it, such as
 * {@code aws-kms://arn:aws:kms:...} or {@code gcp-kms://projects/...}. Tink's client of the service, such as
 * {@code tink-awskms} or {@code tink-gcpkms}, has to be on the class path.
 */
public final class TinkKmsPlugin implements KeySourcePlugin {
    private static final String URI = "uri";
    private static final String CREDENTIALS = "credentials";
    private static final byte[] NO_ASSOCIATED_DATA = {};

    /** Creates the plugin; for {@link java.util.ServiceLoader}. */
    public TinkKmsPlugin() {}

    @Override
    public String name() {
        return "tink-kms";
    }

    @Override
    public ConfigDef configDef() {
        return new ConfigDef()
                .define(
                        URI,
                        ConfigDef.Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        ConfigDef.Importance.HIGH,
                        "The URI of the key-encryption key, as Tink writes it: aws-kms://arn:aws:kms:... or"
                                + " gcp-kms://projects/... A reader unwraps with this key only.")
                .define(
                        CREDENTIALS,
                        ConfigDef.Type.STRING,
                        "",
                        ConfigDef.Importance.MEDIUM,
                        "The file with the credentials of the service. If empty, the service's own default"
                                + " credentials.");
    }

    /**
     * Finds the client of the service.
     *
     * @throws ConfigException if no client on the class path supports the URI, or its credentials cannot be used
     */
    @Override
    public KeySource keySource(AbstractConfig config) {
        String uri = config.getString(URI);
        String credentials = config.getString(CREDENTIALS);
        for (KmsClient client : ServiceLoader.load(KmsClient.class, TinkKmsPlugin.class.getClassLoader())) {
            if (client.doesSupport(uri)) {
                return new KmsKey(uri, aead(uri, client, credentials));
            }
        }
        throw new ConfigException(
                URI,
                uri,
                "no client of Tink's on the class path supports it. Add the one of your service, such as"
                        + " com.google.crypto.tink:tink-awskms or tink-gcpkms");
    }

    private static Aead aead(String uri, KmsClient client, String credentials) {
        try {
            KmsClient ready =
                    credentials.isEmpty() ? client.withDefaultCredentials() : client.withCredentials(credentials);
            return ready.getAead(uri);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new ConfigException("the client of " + uri + " cannot be made with "
                    + (credentials.isEmpty() ? "its default credentials" : "the credentials in " + credentials) + " ("
                    + e.getClass().getName() + ")");
        }
    }

    /** One key of a service. */
    private record KmsKey(String uri, Aead aead) implements KeySource {
        @Override
        public WrappedKey wrap(byte[] dataKey) throws IOException {
            return new WrappedKey(uri, asked(() -> aead.encrypt(dataKey, NO_ASSOCIATED_DATA)));
        }

        /** The URI decides and not the id in the record: a record must not choose which key is asked. */
        @Override
        public byte[] unwrap(WrappedKey wrapped) throws IOException, GeneralSecurityException {
            if (!wrapped.keyId().equals(uri)) {
                throw new GeneralSecurityException(
                        "the data key was wrapped by another key than " + uri + ", which key.source.uri names");
            }
            return asked(() -> aead.decrypt(wrapped.bytes(), NO_ASSOCIATED_DATA));
        }

        /** The clients report all failures alike, so each of them may pass. */
        private byte[] asked(Call call) throws IOException {
            try {
                return call.run();
            } catch (GeneralSecurityException | ProviderException e) {
                throw new IOException(
                        "the service of " + uri + " did not answer, or refused ("
                                + e.getClass().getName() + ")",
                        e);
            } catch (RuntimeException e) {
                throw new IOException(
                        "the client of " + uri + " failed (" + e.getClass().getName() + ")", e);
            }
        }

        private interface Call {
            byte[] run() throws GeneralSecurityException;
        }
    }
}
