// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.Printable;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.errors.ThrowableText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.SslConfigs;
import org.jspecify.annotations.Nullable;

/** How long the certificates of the configured key store and trust store are valid. */
final class CertificateChecks {
    /** Certificates that expire sooner are worth a warning. */
    static final Duration SOON = Duration.ofDays(30);

    private static final String KEY_STORE = "key store";
    private static final String TRUST_STORE = "trust store";
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", Pattern.DOTALL);

    private final PublisherConfig config;
    private final InstantSource clock;
    private final Findings findings;

    CertificateChecks(PublisherConfig config, InstantSource clock, Findings findings) {
        this.config = config;
        this.clock = clock;
        this.findings = findings;
    }

    void check() {
        check(
                KEY_STORE,
                SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG,
                SslConfigs.SSL_KEYSTORE_TYPE_CONFIG,
                SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG,
                SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG);
        check(
                TRUST_STORE,
                SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
                SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG,
                SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG,
                SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG);
    }

    private void check(String store, String location, String type, String password, String inline) {
        Map<String, String> keys = config.connection();
        String file = keys.get(location);
        String text = keys.get(inline);
        String where = config.described(file == null ? inline : location);
        List<X509Certificate> found;
        try {
            if (file != null) {
                found = inFile(Path.of(file), keys.get(type), keys.get(password));
            } else if (text != null) {
                found = pem(text);
            } else {
                return;
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            findings.problem(
                    "certificate",
                    where,
                    "the certificates of the " + store + " cannot be read: "
                            + config.secrets().hide(ThrowableText.of(e)),
                    "No connection with TLS can be made with it.",
                    "Check the path, the type and the password.");
            return;
        }
        if (found.isEmpty()) {
            findings.problem(
                    "certificate",
                    where,
                    "the " + store + " has no certificate",
                    "No connection with TLS can be made with it.",
                    "Put the certificates into it.");
        } else {
            judge(store, where, found);
        }
    }

    /** Every certificate of a key store has to be valid, and one of those of a trust store. */
    private void judge(String store, String where, List<X509Certificate> found) {
        boolean ofKeys = store.equals(KEY_STORE);
        Comparator<X509Certificate> byEnd = Comparator.comparing(X509Certificate::getNotAfter);
        X509Certificate first = Collections.min(found, byEnd);
        X509Certificate last = Collections.max(found, byEnd);
        Instant now = clock.instant();
        Duration left = Duration.between(now, first.getNotAfter().toInstant());
        boolean useless = (ofKeys ? first : last).getNotAfter().toInstant().isBefore(now);
        String what = "the certificate " + name(first) + " of the " + store
                + (left.isNegative() ? " has expired " + days(left.negated()) + " ago" : " is valid for " + days(left))
                + ", to " + first.getNotAfter().toInstant().truncatedTo(ChronoUnit.SECONDS);
        if (useless) {
            findings.problem(
                    "certificate",
                    where,
                    what,
                    ofKeys ? "Brokers refuse the log-in with it." : "No broker's certificate is trusted.",
                    "Replace it; docs/credentials.md describes how to without a restart.");
        } else if (left.compareTo(SOON) < 0) {
            findings.warning(
                    "certificate",
                    where,
                    what,
                    ofKeys
                            ? "Brokers refuse connections after that."
                            : "Brokers whose certificates it has signed are not trusted after that.",
                    "Replace it; docs/credentials.md describes how to without a restart.");
        } else {
            findings.ok("certificate", where, what);
        }
    }

    private static String name(X509Certificate certificate) {
        return Printable.brief(certificate.getSubjectX500Principal().getName());
    }

    private static String days(Duration time) {
        long days = time.toDays();
        return days + (days == 1 ? " day" : " days");
    }

    private static List<X509Certificate> inFile(Path file, @Nullable String type, @Nullable String password)
            throws IOException, GeneralSecurityException {
        String format = Optional.ofNullable(type)
                .orElse(SslConfigs.DEFAULT_SSL_KEYSTORE_TYPE)
                .toUpperCase(Locale.ROOT);
        if (format.equals("PEM")) {
            return pem(Files.readString(file));
        }
        KeyStore store = KeyStore.getInstance(format);
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password == null ? null : password.toCharArray());
        }
        List<X509Certificate> found = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            Certificate @Nullable [] chain = store.getCertificateChain(alias);
            for (Certificate each : chain == null ? new Certificate[] {store.getCertificate(alias)} : chain) {
                if (each instanceof X509Certificate certificate) {
                    found.add(certificate);
                }
            }
        }
        return found;
    }

    private static List<X509Certificate> pem(String text) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> found = new ArrayList<>();
        Matcher blocks = PEM.matcher(text);
        while (blocks.find()) {
            found.add((X509Certificate) factory.generateCertificate(
                    new ByteArrayInputStream(blocks.group().getBytes(UTF_8))));
        }
        return found;
    }
}
