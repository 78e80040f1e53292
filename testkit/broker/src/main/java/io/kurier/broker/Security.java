// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.jspecify.annotations.Nullable;

/**
 * Which of TLS, logins and ACLs a broker requires of its clients, and the resulting Kafka properties on both sides.
 *
 * <p>In these modes the broker connects to itself by listeners of its own, INTERNAL and CONTROLLER. They require a
 * password that is random for each broker and never leaves the JVM. Without it any process of this machine could bypass
 * the ACLs, because in ACL mode that login may do everything.
 */
final class Security {
    /** The user as which the broker logs in to itself. */
    static final String INSIDER = "kurier-broker";

    static final String MECHANISM = "SCRAM-SHA-512";

    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule required";
    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    private final boolean tls;
    private final Map<String, String> users;
    private final @Nullable String superUser;
    private final String insidersPassword = Password.random();

    /**
     * Creates the settings.
     *
     * @param users passwords by the names of users
     */
    Security(boolean tls, Map<String, String> users, @Nullable String superUser) {
        if (superUser != null && !users.containsKey(superUser)) {
            throw new IllegalStateException("acls(\"" + superUser + "\") names a super user that is not declared ("
                    + known(users) + "): add user(\"" + superUser + "\", ...)");
        }
        this.tls = tls;
        this.users = Collections.unmodifiableMap(new TreeMap<>(users));
        this.superUser = superUser;
    }

    /** Refuses a name that Kafka would interpret differently, in {@code super.users} above all. */
    static void checkName(String name) {
        if (name.isBlank() || !name.equals(name.strip()) || name.contains(";") || hasControls(name)) {
            throw new IllegalArgumentException("a user's name is not empty, does not begin or end with a space, and has"
                    + " neither semicolons nor control characters, unlike \""
                    + name.replaceAll("\\p{Cntrl}", "?") + "\"");
        }
        if (name.equals(INSIDER)) {
            throw new IllegalArgumentException("the name " + INSIDER + " is the broker's own: choose another");
        }
    }

    /** Refuses a password that a JAAS configuration cannot hold. */
    static void checkPassword(String name, String password) {
        if (password.isEmpty() || hasControls(password)) {
            throw new IllegalArgumentException(
                    "the password of user " + name + " is empty or has control characters, such as line ends");
        }
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    boolean tls() {
        return tls;
    }

    Map<String, String> users() {
        return users;
    }

    /** Returns whether anything is required of clients; if not, nothing here changes the broker. */
    boolean secured() {
        return tls || !users.isEmpty();
    }

    /** Returns the broker's properties besides its listeners; empty if nothing is required of clients. */
    Map<String, String> brokerProperties(@Nullable Certificate certificate) {
        if (!secured()) {
            return Map.of();
        }
        Map<String, String> all = new TreeMap<>();
        all.put(
                "listener.security.protocol.map",
                LoopbackSockets.CLIENT + ":" + protocol() + "," + LoopbackSockets.INTERNAL + ":SASL_PLAINTEXT,"
                        + LoopbackSockets.CONTROLLER + ":SASL_PLAINTEXT");
        all.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        all.put("sasl.mechanism.controller.protocol", "PLAIN");
        String insider = PLAIN + " username=" + quoted(INSIDER) + " password=" + quoted(insidersPassword) + " user_"
                + INSIDER + "=" + quoted(insidersPassword) + ";";
        for (String inner : List.of(LoopbackSockets.INTERNAL, LoopbackSockets.CONTROLLER)) {
            all.put(of(inner, "sasl.enabled.mechanisms"), "PLAIN");
            all.put(of(inner, "plain.sasl.jaas.config"), insider);
        }
        if (certificate != null) {
            all.put(of(LoopbackSockets.CLIENT, "ssl.keystore.type"), "PEM");
            all.put(
                    of(LoopbackSockets.CLIENT, "ssl.keystore.location"),
                    certificate.file().toString());
        }
        if (!users.isEmpty()) {
            all.put(of(LoopbackSockets.CLIENT, "sasl.enabled.mechanisms"), MECHANISM);
            all.put(of(LoopbackSockets.CLIENT, "scram-sha-512.sasl.jaas.config"), SCRAM + ";");
        }
        if (superUser != null) {
            all.put("authorizer.class.name", StandardAuthorizer.class.getName());
            all.put(StandardAuthorizer.SUPER_USERS_CONFIG, "User:" + superUser + ";User:" + INSIDER);
            all.put(StandardAuthorizer.ALLOW_EVERYONE_IF_NO_ACL_IS_FOUND_CONFIG, "false");
        }
        return all;
    }

    /** Returns the key that sets a property for one listener only. */
    private static String of(String listener, String key) {
        return "listener.name." + listener.toLowerCase(Locale.ROOT) + "." + key;
    }

    /** Returns the properties of a client that does not log in. */
    Map<String, String> clientProperties(String bootstrapServers, @Nullable Certificate certificate) {
        if (!users.isEmpty()) {
            throw new IllegalStateException("clients must log in to this broker: say as whom (" + known(users) + ")");
        }
        return connection(bootstrapServers, certificate);
    }

    /** Returns the properties of a client that logs in as the given user. */
    Map<String, String> clientProperties(String bootstrapServers, @Nullable Certificate certificate, String user) {
        String password = users.get(user);
        if (password == null) {
            throw new IllegalArgumentException("the broker has no user \"" + user + "\" (" + known(users) + ")");
        }
        Map<String, String> all = connection(bootstrapServers, certificate);
        all.put("sasl.mechanism", MECHANISM);
        all.put("sasl.jaas.config", SCRAM + " username=" + quoted(user) + " password=" + quoted(password) + ";");
        return all;
    }

    private Map<String, String> connection(String bootstrapServers, @Nullable Certificate certificate) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("bootstrap.servers", bootstrapServers);
        all.put("security.protocol", protocol());
        if (certificate != null) {
            // the certificate itself, not a file (KIP-651): it remains when the broker's directory is deleted
            all.put("ssl.truststore.type", "PEM");
            all.put("ssl.truststore.certificates", certificate.pem());
        }
        return all;
    }

    private String protocol() {
        if (users.isEmpty()) {
            return tls ? "SSL" : "PLAINTEXT";
        }
        return tls ? "SASL_SSL" : "SASL_PLAINTEXT";
    }

    /** Quotes a text as in JAAS configurations, where a backslash escapes. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String known(Map<String, String> users) {
        return users.isEmpty()
                ? "no users are declared"
                : "the users are " + String.join(", ", new TreeSet<>(users.keySet()));
    }
}
