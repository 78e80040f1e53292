// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import static org.apache.kafka.common.config.SslConfigs.SSL_CIPHER_SUITES_CONFIG;
import static org.apache.kafka.common.config.SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG;
import static org.apache.kafka.common.config.SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG;
import static org.apache.kafka.common.config.SslConfigs.SSL_KEYSTORE_KEY_CONFIG;
import static org.apache.kafka.common.config.SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG;
import static org.apache.kafka.common.config.SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG;
import static org.apache.kafka.common.config.SslConfigs.SSL_KEYSTORE_TYPE_CONFIG;
import static org.apache.kafka.common.config.SslConfigs.SSL_KEY_PASSWORD_CONFIG;
import static org.apache.kafka.common.config.SslConfigs.SSL_PROTOCOL_CONFIG;
import static org.apache.kafka.common.config.SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG;
import static org.apache.kafka.common.config.SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG;
import static org.apache.kafka.common.config.SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG;
import static org.apache.kafka.common.config.SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * TLS as Kafka's keys describe it, for an HTTP client. Host names are always verified, and no key changes that. Kafka's
 * own factory is not part of its public interface.
 */
final class Tls {
    /** Those of Kafka's keys that are understood. */
    static final Set<String> KEYS = Set.of(
            SSL_PROTOCOL_CONFIG,
            SSL_ENABLED_PROTOCOLS_CONFIG,
            SSL_CIPHER_SUITES_CONFIG,
            SSL_KEYSTORE_TYPE_CONFIG,
            SSL_KEYSTORE_LOCATION_CONFIG,
            SSL_KEYSTORE_PASSWORD_CONFIG,
            SSL_KEYSTORE_KEY_CONFIG,
            SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG,
            SSL_KEY_PASSWORD_CONFIG,
            SSL_TRUSTSTORE_TYPE_CONFIG,
            SSL_TRUSTSTORE_LOCATION_CONFIG,
            SSL_TRUSTSTORE_PASSWORD_CONFIG,
            SSL_TRUSTSTORE_CERTIFICATES_CONFIG);

    private static final String PEM = "PEM";
    private static final Pattern KEY_BLOCK =
            Pattern.compile("-----BEGIN (ENCRYPTED )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END");
    private static final char[] NO_PASSWORD = {};

    private final AbstractConfig config;
    private final String prefix;

    /** Creates it for keys that stand behind a prefix in what a user writes. */
    Tls(AbstractConfig config, String prefix) {
        this.config = config;
        this.prefix = prefix + ClientKeys.TLS;
    }

    /**
     * Returns the context; null if no key is set, for the default of Java.
     *
     * @throws ConfigException if a store or a certificate cannot be read
     */
    @Nullable
    SSLContext context() {
        KeyManager @Nullable [] keys = keyManagers();
        TrustManager @Nullable [] trusted = trustManagers();
        if (keys == null && trusted == null) {
            return null;
        }
        try {
            SSLContext context = SSLContext.getInstance(Objects.requireNonNullElse(text(SSL_PROTOCOL_CONFIG), "TLS"));
            context.init(keys, trusted, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw wrong(SSL_PROTOCOL_CONFIG, e);
        }
    }

    /** Returns the protocols and cipher suites that are set; the rest is Java's default. */
    SSLParameters parameters() {
        SSLParameters parameters = new SSLParameters();
        List<String> protocols = list(SSL_ENABLED_PROTOCOLS_CONFIG);
        if (!protocols.isEmpty()) {
            parameters.setProtocols(protocols.toArray(String[]::new));
        }
        List<String> suites = list(SSL_CIPHER_SUITES_CONFIG);
        if (!suites.isEmpty()) {
            parameters.setCipherSuites(suites.toArray(String[]::new));
        }
        return parameters;
    }

    private KeyManager @Nullable [] keyManagers() {
        boolean inline = text(SSL_KEYSTORE_KEY_CONFIG) != null;
        String location = text(SSL_KEYSTORE_LOCATION_CONFIG);
        if (!inline && location == null) {
            return null;
        }
        String key = inline ? SSL_KEYSTORE_KEY_CONFIG : SSL_KEYSTORE_LOCATION_CONFIG;
        try {
            KeyStore store;
            char[] password;
            if (inline || isPem(SSL_KEYSTORE_TYPE_CONFIG)) {
                String pem = location == null
                        ? text(SSL_KEYSTORE_KEY_CONFIG) + "\n" + text(SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG)
                        : Files.readString(Path.of(location));
                password = NO_PASSWORD;
                store = keyStore(pem);
            } else {
                store = load(Objects.requireNonNull(location), SSL_KEYSTORE_TYPE_CONFIG, SSL_KEYSTORE_PASSWORD_CONFIG);
                char[] ofKey = password(SSL_KEY_PASSWORD_CONFIG);
                password = ofKey == null ? password(SSL_KEYSTORE_PASSWORD_CONFIG) : ofKey;
            }
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw wrong(key, e);
        }
    }

    private TrustManager @Nullable [] trustManagers() {
        String pem = text(SSL_TRUSTSTORE_CERTIFICATES_CONFIG);
        String location = text(SSL_TRUSTSTORE_LOCATION_CONFIG);
        if (pem == null && location == null) {
            return null;
        }
        String key = pem == null ? SSL_TRUSTSTORE_LOCATION_CONFIG : SSL_TRUSTSTORE_CERTIFICATES_CONFIG;
        try {
            KeyStore store;
            if (pem != null) {
                store = trustStore(pem);
            } else if (isPem(SSL_TRUSTSTORE_TYPE_CONFIG)) {
                store = trustStore(Files.readString(Path.of(Objects.requireNonNull(location))));
            } else {
                store = load(
                        Objects.requireNonNull(location), SSL_TRUSTSTORE_TYPE_CONFIG, SSL_TRUSTSTORE_PASSWORD_CONFIG);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw wrong(key, e);
        }
    }

    private KeyStore load(String location, String type, String password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(Objects.requireNonNullElse(text(type), "JKS"));
        try (InputStream in = Files.newInputStream(Path.of(location))) {
            store.load(in, password(password));
        }
        return store;
    }

    private static KeyStore trustStore(String pem) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        int number = 0;
        for (Certificate certificate : certificates(pem)) {
            store.setCertificateEntry("trusted-" + number++, certificate);
        }
        if (number == 0) {
            throw new IllegalArgumentException("there is no certificate in it");
        }
        return store;
    }

    private KeyStore keyStore(String pem) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        Certificate[] chain = certificates(pem).toArray(Certificate[]::new);
        if (chain.length == 0) {
            throw new IllegalArgumentException("there is no certificate in it");
        }
        store.setKeyEntry("key", privateKey(pem, chain[0].getPublicKey().getAlgorithm()), NO_PASSWORD, chain);
        return store;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(String pem) throws GeneralSecurityException {
        StringBuilder blocks = new StringBuilder();
        Matcher block = Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----")
                .matcher(pem);
        while (block.find()) {
            blocks.append(block.group()).append('\n');
        }
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(blocks.toString().getBytes(StandardCharsets.US_ASCII)));
    }

    private PrivateKey privateKey(String pem, String algorithm) throws GeneralSecurityException, IOException {
        Matcher block = KEY_BLOCK.matcher(pem);
        if (!block.find()) {
            throw new IllegalArgumentException("there is no private key of PKCS #8 in it");
        }
        byte[] encoded = Base64.getMimeDecoder().decode(block.group(2));
        if (block.group(1) == null) {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        }
        char[] password = password(SSL_KEY_PASSWORD_CONFIG);
        if (password == null) {
            throw new InvalidKeySpecException(
                    "the private key is encrypted, and " + prefix + SSL_KEY_PASSWORD_CONFIG + " is not set");
        }
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encoded);
        Cipher cipher = Cipher.getInstance(info.getAlgName());
        cipher.init(
                Cipher.DECRYPT_MODE,
                SecretKeyFactory.getInstance(info.getAlgName()).generateSecret(new PBEKeySpec(password)),
                info.getAlgParameters());
        return KeyFactory.getInstance(algorithm).generatePrivate(info.getKeySpec(cipher));
    }

    private boolean isPem(String type) {
        return PEM.equals(text(type));
    }

    private @Nullable String text(String key) {
        Object value = config.values().get(ClientKeys.TLS + key);
        String text = value instanceof Password password ? password.value() : (String) value;
        return text == null || text.isBlank() ? null : text;
    }

    private char @Nullable [] password(String key) {
        String text = text(key);
        return text == null ? null : text.toCharArray();
    }

    private List<String> list(String key) {
        List<String> values = config.getList(ClientKeys.TLS + key);
        return values == null ? List.of() : values;
    }

    private ConfigException wrong(String key, Exception e) {
        String reason = e.getMessage() == null
                        || e instanceof IOException && e.getMessage().isBlank()
                ? e.getClass().getSimpleName()
                : e.getMessage();
        return new ConfigException(prefix + key + " cannot be used for the schema registry: " + reason + " ("
                + e.getClass().getSimpleName() + ")");
    }
}
