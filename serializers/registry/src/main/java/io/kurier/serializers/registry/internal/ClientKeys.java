// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The keys of the client, with Confluent's names where Confluent has one. */
final class ClientKeys {
    static final String URL = "schema.registry.url";
    static final String BASIC_SOURCE = "basic.auth.credentials.source";
    static final String USER_INFO = "basic.auth.user.info";
    static final String JAAS = "sasl.jaas.config";
    static final String BEARER_SOURCE = "bearer.auth.credentials.source";
    static final String TOKEN = "bearer.auth.token";
    static final String ISSUER = "bearer.auth.issuer.endpoint.url";
    static final String CLIENT_ID = "bearer.auth.client.id";
    static final String CLIENT_SECRET = "bearer.auth.client.secret";
    static final String SCOPE = "bearer.auth.scope";
    static final String EXPIRY_BUFFER = "bearer.auth.cache.expiry.buffer.seconds";
    static final String LOGICAL_CLUSTER = "bearer.auth.logical.cluster";
    static final String IDENTITY_POOL = "bearer.auth.identity.pool.id";
    static final String HEADERS = "request.headers";
    static final String CONNECT_TIMEOUT = "http.connect.timeout.ms";
    static final String READ_TIMEOUT = "http.read.timeout.ms";
    static final String MAX_RETRIES = "max.retries";
    static final String RETRY_WAIT = "retries.wait.ms";
    static final String RETRY_MAX_WAIT = "retries.max.wait.ms";
    static final String API_TIMEOUT = "schema.registry.api.timeout.ms";

    /** Stands before each of Kafka's keys for TLS. */
    static final String TLS = "schema.registry.";

    private static final int MOST_RETRIES = 100;

    private ClientKeys() {}

    static ConfigDef defineIn(ConfigDef keys) {
        keys.define(
                URL,
                Type.LIST,
                List.of(),
                Importance.HIGH,
                "The addresses of the schema registry, such as https://registry:8081. Another one is tried when one"
                        + " does not answer.");
        basic(keys);
        bearer(keys);
        tls(keys);
        return times(keys);
    }

    private static void basic(ConfigDef keys) {
        keys.define(
                        BASIC_SOURCE,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "Where the user and the password for the schema registry are: URL (before the @ of the address),"
                                + " USER_INFO (" + USER_INFO + "), SASL_INHERIT (" + JAAS
                                + "). If it is empty, what is set is sent.")
                .define(USER_INFO, Type.PASSWORD, "", Importance.MEDIUM, "The user and the password, as user:password.")
                .define(
                        JAAS,
                        Type.PASSWORD,
                        "",
                        Importance.LOW,
                        "For " + BASIC_SOURCE + "=SASL_INHERIT: the value of the Kafka client's key of this name.");
    }

    private static void bearer(ConfigDef keys) {
        keys.define(
                        BEARER_SOURCE,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "Where the bearer token is from: STATIC_TOKEN (" + TOKEN + "), OAUTHBEARER (OAuth's client"
                                + " credentials, from " + ISSUER + "). If it is empty, what is set is used.")
                .define(TOKEN, Type.PASSWORD, "", Importance.MEDIUM, "The bearer token.")
                .define(ISSUER, Type.STRING, "", Importance.MEDIUM, "The token endpoint of OAuth's client credentials.")
                .define(CLIENT_ID, Type.STRING, "", Importance.MEDIUM, "The client's id at the token endpoint.")
                .define(CLIENT_SECRET, Type.PASSWORD, "", Importance.MEDIUM, "The client's secret there.")
                .define(SCOPE, Type.STRING, "", Importance.LOW, "The scope that is asked for; empty for none.")
                .define(
                        EXPIRY_BUFFER,
                        Type.INT,
                        300,
                        Range.between(0, 3600),
                        Importance.LOW,
                        "How many seconds before its end a token is replaced. Ignored if it is longer than the token's"
                                + " life.")
                .define(LOGICAL_CLUSTER, Type.STRING, "", Importance.LOW, "Sent as the header target-sr-cluster.")
                .define(
                        IDENTITY_POOL,
                        Type.STRING,
                        "",
                        Importance.LOW,
                        "Sent as the header Confluent-Identity-Pool-Id.")
                .define(
                        HEADERS,
                        Type.PASSWORD,
                        "",
                        Importance.LOW,
                        "Further headers of each request, as Name: value, Name2: value2.");
    }

    private static void tls(ConfigDef keys) {
        ConfigDef kafkas = new ConfigDef().withClientSslSupport();
        for (ConfigDef.ConfigKey key : kafkas.configKeys().values()) {
            if (Tls.KEYS.contains(key.name)) {
                keys.define(TLS + key.name, key.type(), key.defaultValue, key.importance, key.documentation);
            }
        }
    }

    private static ConfigDef times(ConfigDef keys) {
        return keys.define(
                        API_TIMEOUT,
                        Type.INT,
                        30_000,
                        Range.between(1, Integer.MAX_VALUE),
                        Importance.MEDIUM,
                        "The longest that a call to the schema registry takes, in milliseconds, with all retries,"
                                + " addresses and tokens.")
                .define(
                        CONNECT_TIMEOUT,
                        Type.INT,
                        10_000,
                        Range.between(1, Integer.MAX_VALUE),
                        Importance.LOW,
                        "The longest wait for a connection, in milliseconds.")
                .define(
                        READ_TIMEOUT,
                        Type.INT,
                        10_000,
                        Range.between(1, Integer.MAX_VALUE),
                        Importance.LOW,
                        "The longest wait for a whole answer, in milliseconds.")
                .define(
                        MAX_RETRIES,
                        Type.INT,
                        3,
                        Range.between(0, MOST_RETRIES),
                        Importance.LOW,
                        "How often all addresses are tried again if none has answered, or with 408, 429 or 5xx.")
                .define(
                        RETRY_WAIT,
                        Type.INT,
                        1_000,
                        Range.between(0, Integer.MAX_VALUE),
                        Importance.LOW,
                        "The longest wait before the first retry, in milliseconds; it is doubled for each further one,"
                                + " and each wait is a random part of it.")
                .define(
                        RETRY_MAX_WAIT,
                        Type.INT,
                        20_000,
                        Range.between(0, Integer.MAX_VALUE),
                        Importance.LOW,
                        "The limit of that doubling, in milliseconds.");
    }
}
