// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/**
 * Determines from a key whether its value is a secret: by Kafka's type if Kafka knows the key, otherwise by its last
 * words, so that a mistyped {@code ssl.key.pasword} is still one.
 */
final class SecretKeys {
    private static final ConfigDef PRODUCER = ProducerConfig.configDef();
    private static final ConfigDef ADMIN = AdminClientConfig.configDef();

    private static final List<String> LAST_WORDS = List.of(
            "password",
            "passwd",
            "pwd",
            "secret",
            "token",
            "credential",
            "credentials",
            "passphrase",
            "jaas",
            "apikey");

    private static final List<String> JAAS = List.of("jaas");

    /** The words before {@code key} that make it a cryptographic or access key. */
    private static final Set<String> KINDS_OF_KEY = Set.of("private", "secret", "api", "access", "secrets");

    private static final Pattern USER_IN_ADDRESS = Pattern.compile("://[^/?#,\\s]*@");

    /** The key of a registry's user and password. */
    private static final String USER_INFO = "basic.auth.user.info";

    /** The keys of headers that are sent to a registry; most are credentials. */
    private static final String REQUEST_HEADER = "request.header";

    private SecretKeys() {}

    static boolean isSecret(String key) {
        ConfigDef.@Nullable ConfigKey known = known(Keys.withoutProducer(key));
        return known == null ? smells(key) : known.type() == ConfigDef.Type.PASSWORD;
    }

    private static ConfigDef.@Nullable ConfigKey known(String name) {
        ConfigDef.ConfigKey inProducer = PRODUCER.configKeys().get(name);
        return inProducer == null ? ADMIN.configKeys().get(name) : inProducer;
    }

    /** Returns whether a value is an address with the password of a user. */
    static boolean hasUserInfo(String value) {
        int authority = value.indexOf("://");
        return authority >= 0 && USER_IN_ADDRESS.matcher(value).find(authority);
    }

    /** Returns an address without its user. */
    static String withoutUserInfo(String value) {
        return USER_IN_ADDRESS.matcher(value).replaceAll("://[hidden]@");
    }

    private static boolean smells(String key) {
        if (key.endsWith(USER_INFO) || key.contains(REQUEST_HEADER)) {
            return true;
        }
        String[] words = key.toLowerCase(Locale.ROOT).split("[._-]", -1);
        String last = words[words.length - 1];
        String before = words.length < 2 ? "" : words[words.length - 2];
        return Suggestion.isNear(last, LAST_WORDS)
                || (last.equals("key") && KINDS_OF_KEY.contains(before))
                || (before.length() > 2 && Suggestion.isNear(before, JAAS));
    }
}
