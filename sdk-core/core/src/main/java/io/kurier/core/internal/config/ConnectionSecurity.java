// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.jspecify.annotations.Nullable;

/**
 * Refuses or reports connections that others can read or change: those without TLS that leave this machine, and those
 * that do not verify the brokers' host names. What only the network knows, such as the addresses that brokers advertise,
 * is not checked.
 */
final class ConnectionSecurity {
    private static final String WITHOUT_TLS = "PLAINTEXT";
    private static final String LOGIN_WITHOUT_TLS = "SASL_PLAINTEXT";
    private static final Set<String> WITH_TLS = Set.of("SSL", "SASL_SSL");

    /** Those of the JDK and of the known other providers, which verify host names if the endpoint algorithm says so. */
    private static final Set<String> TRUST_ALGORITHMS =
            Set.of("PKIX", "SUNX509", "SUNPKIX", "X509", "X.509", "IBMX509", "IBMPKIX");

    /** Kafka's own class, in a package that is not part of its documented interface. */
    private static final String KAFKAS_FACTORY = "org.apache.kafka.common.security.ssl.DefaultSslEngineFactory";

    private static final String ACCEPT =
            " Remove the key, or accept that with " + PublisherKeys.ALLOW_UNVERIFIED_HOSTS + "=true.";

    private final Map<String, Setting> settings;
    private final ParsedKeys values;

    /**
     * Creates the checks of one configuration.
     *
     * @param settings all settings by their full keys
     * @param values Kurier's own keys
     */
    ConnectionSecurity(Map<String, Setting> settings, ParsedKeys values) {
        this.settings = settings;
        this.values = values;
    }

    /** Adds what is refused. */
    void check(Problems problems) {
        Setting required = values.setting(PublisherKeys.REQUIRE_TLS);
        if (required != null && values.flag(PublisherKeys.REQUIRE_TLS)) {
            if (isWithoutTls()) {
                problems.add(
                        required,
                        "true, and " + protocolShown() + ". Set " + CommonClientConfigs.SECURITY_PROTOCOL_CONFIG + "="
                                + withTls() + " and the port of the brokers' TLS listener in "
                                + PublisherKeys.BOOTSTRAP
                                + ", or remove this key. It counts for brokers on this machine"
                                + " too.");
            }
            Setting tokens = tokensWithoutTls();
            if (tokens != null) {
                problems.add(
                        required,
                        "true, and " + tokens + " is an address without TLS. Use https there, or remove this key.");
            }
        }
        if (!values.flag(PublisherKeys.ALLOW_UNVERIFIED_HOSTS)) {
            unverified().forEach(each -> problems.add(each.setting(), each.why() + ACCEPT));
        }
    }

    /** Returns what is allowed, and worth a warning at the start of a publisher. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (isWithoutTls() && leavesThisMachine()) {
            warnings.add(settings.get(PublisherKeys.BOOTSTRAP) + ": these brokers are not on this machine, and "
                    + protocolShown() + ": on the way, "
                    + (protocol().equals(LOGIN_WITHOUT_TLS) ? "the log-in and all records" : "all records")
                    + " can be read and changed. Set " + CommonClientConfigs.SECURITY_PROTOCOL_CONFIG + "=" + withTls()
                    + "; " + PublisherKeys.REQUIRE_TLS + "=true makes a start without TLS an error.");
        }
        Setting tokens = tokensWithoutTls();
        if (tokens != null && !isOnThisMachine(tokens)) {
            warnings.add(
                    tokens + ": the tokens come over an address without TLS: on the way, the client's secret can be"
                            + " read. Use https there.");
        }
        List<Unverified> unverified = unverified();
        if (WITH_TLS.contains(protocol()) && !unverified.isEmpty()) {
            warnings.add(values.setting(PublisherKeys.ALLOW_UNVERIFIED_HOSTS)
                    + ": host names of brokers may not be verified, because of "
                    + unverified.stream().map(each -> each.setting().toString()).collect(Collectors.joining(", "))
                    + ". Anyone with a trusted certificate can stand in for a broker. Remove these keys.");
        }
        return warnings;
    }

    private record Unverified(Setting setting, String why) {}

    /** Returns the settings with which host names are not verified, or may not be, whether TLS is on or not. */
    private List<Unverified> unverified() {
        List<Unverified> found = new ArrayList<>();
        Setting endpoint = usable(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG);
        if (endpoint != null && endpoint.value().isEmpty()) {
            found.add(new Unverified(
                    endpoint,
                    "empty, so host names are not verified: anyone with a trusted certificate can stand in for a"
                            + " broker. Connect by a name that is in the brokers' certificate."));
        }
        Setting factory = usable(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG);
        if (factory != null && !factory.value().equals(KAFKAS_FACTORY)) {
            found.add(new Unverified(
                    factory,
                    "this class makes the TLS connections in place of Kafka's, so it is not known whether host names are"
                            + " verified."));
        }
        Setting trust = usable(SslConfigs.SSL_TRUSTMANAGER_ALGORITHM_CONFIG);
        if (trust != null && !TRUST_ALGORITHMS.contains(trust.value().toUpperCase(Locale.ROOT))) {
            found.add(new Unverified(
                    trust,
                    trust.quoted() + " is not an algorithm of the JDK (PKIX, SunX509), so it is not known whether host"
                            + " names are verified."));
        }
        return found;
    }

    private boolean isWithoutTls() {
        return protocol().equals(WITHOUT_TLS) || protocol().equals(LOGIN_WITHOUT_TLS);
    }

    /** Returns the protocol in capital letters, also if there is none of that name. */
    private String protocol() {
        Setting protocol = settings.get(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG);
        return protocol == null
                ? CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL
                : protocol.value().toUpperCase(Locale.ROOT);
    }

    private String protocolShown() {
        Setting protocol = settings.get(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG);
        return protocol == null
                ? CommonClientConfigs.SECURITY_PROTOCOL_CONFIG + ", which is not set, is "
                        + CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL
                : protocol + (protocol.variables().isEmpty() ? " is " + protocol() : " asks for no TLS");
    }

    private String withTls() {
        return protocol().equals(LOGIN_WITHOUT_TLS) ? "SASL_SSL" : "SSL (or SASL_SSL, with a log-in)";
    }

    private boolean leavesThisMachine() {
        Setting bootstrap = usable(PublisherKeys.BOOTSTRAP);
        return bootstrap != null
                && !bootstrap.value().isBlank()
                && !Arrays.stream(bootstrap.value().split(",", -1)).allMatch(LoopbackAddress::isOfBroker);
    }

    /** Returns the setting of the server of OAuth's tokens if its address begins with http: and a log-in uses it. */
    private @Nullable Setting tokensWithoutTls() {
        Setting tokens = usable(SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL);
        return tokens != null
                        && protocol().startsWith("SASL")
                        && tokens.value().toLowerCase(Locale.ROOT).startsWith("http:")
                ? tokens
                : null;
    }

    private static boolean isOnThisMachine(Setting address) {
        try {
            String host = URI.create(address.value()).getHost();
            return host != null && LoopbackAddress.isHost(host);
        } catch (IllegalArgumentException e) {
            return false; // not an address; a start reports it
        }
    }

    private @Nullable Setting usable(String key) {
        Setting setting = settings.get(key);
        return setting != null && setting.isUsable() ? setting : null;
    }
}
