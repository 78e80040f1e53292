// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.contact;

import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.config.Setting;
import java.util.Locale;
import javax.security.auth.login.Configuration;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.jspecify.annotations.Nullable;

/** The settings of a configuration for TLS and log-ins, and their names for error messages. */
record SecuritySettings(PublisherConfig config) {
    private static final String PROTOCOL = CommonClientConfigs.SECURITY_PROTOCOL_CONFIG;

    /** The entry of a JAAS file that Kafka's clients use. */
    private static final String CLIENTS_LOGIN = "KafkaClient";

    String protocol() {
        return value(PROTOCOL, CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL).toUpperCase(Locale.ROOT);
    }

    boolean tls() {
        return protocol().endsWith("SSL");
    }

    boolean sasl() {
        return protocol().startsWith("SASL");
    }

    String mechanism() {
        return value(SaslConfigs.SASL_MECHANISM, SaslConfigs.DEFAULT_SASL_MECHANISM);
    }

    private String value(String key, String otherwise) {
        String value = config.connection().get(key);
        return value == null ? otherwise : value.strip();
    }

    /** Returns the key with its place, such as {@code security.protocol (kurier.properties:2)}. */
    String named(String key) {
        Setting setting = config.settings().get(key);
        return setting == null ? key + " (not set)" : setting.toString();
    }

    /** Returns the key of the protocol with its place and value. */
    String shownProtocol() {
        Setting setting = config.settings().get(PROTOCOL);
        return setting == null ? PROTOCOL + ", which is not set, is " + protocol() : setting + " is " + setting.shown();
    }

    /** Returns the security protocol that a listener requires. */
    static String protocol(boolean tls, boolean sasl) {
        return (sasl ? "SASL_" : "") + (tls ? "SSL" : "PLAINTEXT");
    }

    /** Whether a log-in is required, and neither the configuration nor the JVM has one. */
    boolean lacksLogin() {
        return sasl() && value(SaslConfigs.SASL_JAAS_CONFIG, "").isEmpty() && !jvmHasLogin();
    }

    private static boolean jvmHasLogin() {
        try {
            @Nullable Object entry = Configuration.getConfiguration().getAppConfigurationEntry(CLIENTS_LOGIN);
            return entry != null;
        } catch (SecurityException e) { // there is no configuration at all
            return false;
        }
    }
}
