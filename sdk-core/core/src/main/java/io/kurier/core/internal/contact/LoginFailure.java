// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.contact;

import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.errors.ThrowableText;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/**
 * Describes a failed handshake or log-in: the likely cause and the key to change. Where the JDK has no exception class
 * for a cause, its message is matched (those of {@code sun.security.util.HostnameChecker} and
 * {@code sun.security.ssl.Alert} in JDK 17 to 25); an unknown message is quoted.
 */
final class LoginFailure {
    private static final int MOST_CAUSES = 10;

    private final SecuritySettings security;
    private final AuthenticationException failure;
    private final List<Throwable> causes = new ArrayList<>();

    private LoginFailure(PublisherConfig config, AuthenticationException failure) {
        this.security = new SecuritySettings(config);
        this.failure = failure;
        Throwable each = failure;
        while (each != null && causes.size() < MOST_CAUSES) {
            causes.add(each);
            each = ThrowableText.cause(each);
        }
    }

    static String words(PublisherConfig config, AuthenticationException failure) {
        LoginFailure known = new LoginFailure(config, failure);
        Throwable deepest = known.causes.get(known.causes.size() - 1);
        return known.words() + " (" + config.secrets().hide(ThrowableText.reason(deepest)) + ")";
    }

    private String words() {
        if (failure instanceof SslAuthenticationException) {
            return tls();
        }
        if (failure instanceof UnsupportedSaslMechanismException) {
            return security.named("sasl.mechanism") + ": the brokers do not offer the mechanism " + security.mechanism()
                    + ". Set one that they offer.";
        }
        if (failure instanceof IllegalSaslStateException) {
            return security.named("security.protocol") + ": the brokers do not take the log-in that "
                    + security.protocol() + " begins. Set security.protocol="
                    + SecuritySettings.protocol(security.tls(), false) + " if they ask for none.";
        }
        return security.named("sasl.jaas.config") + ": the brokers refuse the log-in by " + security.mechanism()
                + ", most likely for its user name or password. Correct them.";
    }

    private String tls() {
        if (has(CertificateExpiredException.class) || has(CertificateNotYetValidException.class)) {
            return at()
                    + "the certificate of the brokers has expired or is not valid yet. Have it renewed, and check the"
                    + " clock of this machine.";
        }
        if (says("subject alternative") || says("No name matching")) {
            return at()
                    + "the certificate of the brokers is for other host names. Use a name that is in it, or have one"
                    + " made for this name; ssl.endpoint.identification.algorithm= (empty) turns the check off, if"
                    + " security.allow.unverified.hosts=true allows that.";
        }
        if (has(CertPathBuilderException.class)
                || has(CertPathValidatorException.class)
                || says("trustAnchors parameter must be non-empty")) {
            return truststore() + ": the certificate of the brokers is not signed by an authority that is trusted"
                    + ". Set the CA's certificate as ssl.truststore.location, or in PEM as ssl.truststore.certificates"
                    + " with ssl.truststore.type=PEM.";
        }
        if (says("bad_certificate") || says("certificate_required") || says("certificate_unknown")) {
            return security.named("ssl.keystore.location") + ": the brokers refuse the certificate of this client, or"
                    + " ask for one. Set it as ssl.keystore.location, or in PEM as ssl.keystore.certificate.chain and"
                    + " ssl.keystore.key.";
        }
        if (says("protocol_version") || says("handshake_failure")) {
            return security.named("ssl.enabled.protocols")
                    + ": the brokers and this client have no version of TLS, or no"
                    + " cipher suite, in common. See ssl.cipher.suites and ssl.protocol too.";
        }
        if (says("Unsupported or unrecognized SSL message")) {
            return at() + "what answers there does not speak TLS, and " + security.shownProtocol() + ". Set"
                    + " security.protocol=" + SecuritySettings.protocol(false, security.sasl())
                    + ", or check the port.";
        }
        return security.named("security.protocol") + ": the TLS handshake with the brokers fails.";
    }

    private String at() {
        return security.config().bootstrap() + ": ";
    }

    private String truststore() {
        return Optional.of("ssl.truststore.certificates")
                .filter(security.config().settings()::containsKey)
                .map(security::named)
                .orElseGet(() -> security.named("ssl.truststore.location"));
    }

    private boolean has(Class<? extends Throwable> kind) {
        return causes.stream().anyMatch(kind::isInstance);
    }

    private boolean says(String words) {
        return causes.stream().anyMatch(cause -> ThrowableText.of(cause).contains(words));
    }
}
