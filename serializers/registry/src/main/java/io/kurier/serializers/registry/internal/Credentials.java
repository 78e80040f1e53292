// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The headers by which a client makes itself known to a registry: basic authentication (RFC 7617), a bearer token (RFC
 * 6750), and those that a user adds. Safe for use by any number of threads.
 */
final class Credentials {
    private final Map<String, String> headers;
    private final @Nullable Tokens tokens;

    private Credentials(Map<String, String> headers, @Nullable Tokens tokens) {
        this.headers = Map.copyOf(headers);
        this.tokens = tokens;
    }

    /**
     * Reads the credentials of a configuration.
     *
     * @throws ConfigException if keys are missing, or contradict each other
     */
    static Credentials of(AbstractConfig config, String prefix, Addresses addresses, Http http) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        String userInfo = userInfo(config, prefix, addresses);
        String bearer = bearerSource(config, prefix);
        if (userInfo != null && !bearer.isEmpty()) {
            throw new ConfigException("the schema registry would get two kinds of credentials: " + prefix
                    + "basic.auth and " + prefix + "bearer.auth are set. Remove one of them");
        }
        if (userInfo != null) {
            headers.put(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8)));
        }
        Tokens tokens = null;
        if (bearer.equals("STATIC_TOKEN")) {
            headers.put("Authorization", "Bearer " + needed(config, ClientKeys.TOKEN, prefix, "the token"));
        } else if (bearer.equals("OAUTHBEARER")) {
            tokens = Tokens.of(config, prefix, http);
        }
        if (!bearer.isEmpty()) {
            put(headers, "target-sr-cluster", config.getString(ClientKeys.LOGICAL_CLUSTER));
            put(headers, "Confluent-Identity-Pool-Id", config.getString(ClientKeys.IDENTITY_POOL));
        }
        addOwn(headers, config, prefix);
        return new Credentials(headers, tokens);
    }

    private static void put(Map<String, String> headers, String name, String value) {
        if (!value.isBlank()) {
            headers.put(name, value.strip());
        }
    }

    private static @Nullable String userInfo(AbstractConfig config, String prefix, Addresses addresses) {
        String set = secret(config, ClientKeys.USER_INFO);
        String source = config.getString(ClientKeys.BASIC_SOURCE).strip();
        return switch (source) {
            case "" -> set.isEmpty() ? addresses.userInfo() : set;
            case "URL" -> {
                if (addresses.userInfo() == null) {
                    throw missing(
                            prefix + ClientKeys.BASIC_SOURCE + "=URL",
                            prefix + ClientKeys.URL,
                            "a user and a password before the @ of the first address");
                }
                yield addresses.userInfo();
            }
            case "USER_INFO" -> needed(config, ClientKeys.USER_INFO, prefix, "user:password");
            case "SASL_INHERIT" ->
                fromJaas(
                        needed(
                                config,
                                ClientKeys.JAAS,
                                prefix,
                                "the value of the Kafka client's key"
                                        + " sasl.jaas.config, which a schema source does not see"),
                        prefix);
            default ->
                throw new ConfigException(
                        prefix + ClientKeys.BASIC_SOURCE + " is none of URL, USER_INFO and" + " SASL_INHERIT");
        };
    }

    private static String fromJaas(String jaas, String prefix) {
        String user = option(jaas, "username");
        String password = option(jaas, "password");
        if (user == null || password == null) {
            throw new ConfigException(prefix + ClientKeys.JAAS + " has no username=\"...\" and password=\"...\", and "
                    + prefix + ClientKeys.BASIC_SOURCE + "=SASL_INHERIT needs them");
        }
        return user + ":" + password;
    }

    private static @Nullable String option(String jaas, String name) {
        Matcher option = Pattern.compile("(?:^|\\s)" + name + "\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s;\"]+))")
                .matcher(jaas);
        if (!option.find()) {
            return null;
        }
        String quoted = option.group(1);
        return quoted == null ? option.group(2) : quoted.replaceAll("\\\\(.)", "$1");
    }

    /** Returns the source; without one, that of which the key is set. */
    private static String bearerSource(AbstractConfig config, String prefix) {
        String source = config.getString(ClientKeys.BEARER_SOURCE).strip();
        return switch (source) {
            case "STATIC_TOKEN", "OAUTHBEARER" -> source;
            case "" ->
                !secret(config, ClientKeys.TOKEN).isEmpty()
                        ? "STATIC_TOKEN"
                        : config.getString(ClientKeys.ISSUER).isBlank() ? "" : "OAUTHBEARER";
            default ->
                throw new ConfigException(prefix + ClientKeys.BEARER_SOURCE + " is neither STATIC_TOKEN nor"
                        + " OAUTHBEARER, which are the sources that exist here");
        };
    }

    /** Returns a value that must be set. */
    static String needed(AbstractConfig config, String key, String prefix, String what) {
        String value = config.values().get(key) instanceof String text ? text.strip() : secret(config, key);
        if (value.isEmpty()) {
            throw missing("the configuration of the schema registry", prefix + key, what);
        }
        return value;
    }

    private static ConfigException missing(String needing, String key, String what) {
        return new ConfigException(needing + " needs " + key + ", which is not set: " + what);
    }

    private static String secret(AbstractConfig config, String key) {
        return config.getPassword(key).value().strip();
    }

    private static void addOwn(Map<String, String> headers, AbstractConfig config, String prefix) {
        String text = secret(config, ClientKeys.HEADERS);
        for (String header : text.isEmpty() ? List.<String>of() : List.of(text.split(",", -1))) {
            int colon = header.indexOf(':');
            String name = colon < 0 ? "" : header.substring(0, colon).strip();
            try {
                HttpRequest.newBuilder()
                        .header(name, header.substring(colon + 1).strip());
            } catch (IllegalArgumentException e) {
                throw new ConfigException(
                        prefix + ClientKeys.HEADERS + " has a header that cannot be sent. Write them as"
                                + " Name: value, Name2: value2; names such as Host and Content-Length are HTTP's own");
            }
            headers.put(name, header.substring(colon + 1).strip());
        }
    }

    /**
     * Returns the headers of the next request; they need no request of their own unless a token has to be fetched.
     *
     * @param millis the longest wait for a token
     */
    CompletableFuture<List<String>> headers(long millis) {
        List<String> pairs = new ArrayList<>();
        headers.forEach((name, value) -> {
            pairs.add(name);
            pairs.add(value);
        });
        if (tokens == null) {
            return CompletableFuture.completedFuture(pairs);
        }
        return tokens.token(millis).thenApply(token -> {
            pairs.add("Authorization");
            pairs.add("Bearer " + token);
            return pairs;
        });
    }

    /**
     * Gives up the token of headers that the registry has refused.
     *
     * @return whether another one can be fetched
     */
    boolean renew(List<String> refused) {
        if (tokens == null) {
            return false;
        }
        tokens.forget(refused.get(refused.size() - 1).substring("Bearer ".length()));
        return true;
    }
}
