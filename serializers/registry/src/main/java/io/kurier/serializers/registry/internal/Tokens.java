// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.serializers.internal.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The access token of OAuth's client credentials grant (RFC 6749, section 4.4), which is fetched once and again before
 * it ends. Safe for use by any number of threads.
 */
final class Tokens {
    private final String prefix;
    private final URI issuer;
    private final String authorization;
    private final String form;
    private final long bufferSeconds;
    private final Http http;

    /** The request that is under way, or the last one; null if a token has to be fetched. */
    private @Nullable CompletableFuture<Token> current;

    private record Token(String text, long endNanos) {
        boolean isOver() {
            return System.nanoTime() - endNanos >= 0;
        }
    }

    private Tokens(String prefix, URI issuer, String authorization, String form, long bufferSeconds, Http http) {
        this.prefix = prefix;
        this.issuer = issuer;
        this.authorization = authorization;
        this.form = form;
        this.bufferSeconds = bufferSeconds;
        this.http = http;
    }

    static Tokens of(AbstractConfig config, String prefix, Http http) {
        String key = prefix + ClientKeys.ISSUER;
        URI issuer = Addresses.uri(Credentials.needed(config, ClientKeys.ISSUER, prefix, "the token endpoint"), key);
        if (issuer.getScheme().equalsIgnoreCase("http") && !isLoopback(issuer.getHost())) {
            throw new ConfigException(
                    key + " is an address without TLS, over which the client's secret would be sent in"
                            + " clear text. Use one with https");
        }
        String id = Credentials.needed(config, ClientKeys.CLIENT_ID, prefix, "the client's id at the token endpoint");
        String secret = Credentials.needed(config, ClientKeys.CLIENT_SECRET, prefix, "the client's secret");
        String scope = config.getString(ClientKeys.SCOPE).strip();
        // RFC 6749, section 2.3.1: both are encoded as in a form
        String basic = encoded(id) + ":" + encoded(secret);
        return new Tokens(
                prefix,
                issuer,
                "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(UTF_8)),
                "grant_type=client_credentials" + (scope.isEmpty() ? "" : "&scope=" + encoded(scope)),
                config.getInt(ClientKeys.EXPIRY_BUFFER),
                http);
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.matches("127(\\.[0-9]{1,3}){3}") || host.equals("[::1]");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    /** Returns the token; all who need one at the same time share a request. */
    synchronized CompletableFuture<String> token(long millis) {
        CompletableFuture<Token> known = current;
        if (known == null || isUseless(known)) {
            known = fetch(millis);
            current = known;
        }
        // each caller waits for its own time, though another one has sent the request
        return known.thenApply(Token::text).orTimeout(millis, TimeUnit.MILLISECONDS);
    }

    private static boolean isUseless(CompletableFuture<Token> known) {
        return known.isDone()
                && (known.isCompletedExceptionally() || known.join().isOver());
    }

    /** Gives up a token that was refused, unless another one has taken its place already. */
    synchronized void forget(String refused) {
        CompletableFuture<Token> known = current;
        if (known != null
                && known.isDone()
                && !known.isCompletedExceptionally()
                && known.join().text().equals(refused)) {
            current = null;
        }
    }

    private CompletableFuture<Token> fetch(long millis) {
        HttpRequest request = HttpRequest.newBuilder(issuer)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .header("Authorization", authorization)
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        Failure failure = new Failure(
                "fetch a token for the schema registry", Addresses.withoutUserInfo(issuer), prefix, ClientKeys.ISSUER);
        return http.send(request, millis).handle((response, e) -> {
            if (e != null) {
                throw new CompletionException(failure.noAnswer(e, millis + " ms"));
            }
            return token(failure, response);
        });
    }

    private Token token(Failure failure, HttpResponse<byte[]> response) {
        String body = new String(response.body(), UTF_8);
        if (response.statusCode() != 200) {
            throw new CompletionException(failure.ofTokens(response.statusCode(), body));
        }
        try {
            if (Json.parse(body) instanceof Map<?, ?> answer && answer.get("access_token") instanceof String text) {
                return new Token(text, System.nanoTime() + TimeUnit.SECONDS.toNanos(life(answer)));
            }
        } catch (IllegalArgumentException e) {
            throw new CompletionException(failure.unreadable(response.statusCode(), "it is not JSON"));
        }
        throw new CompletionException(failure.unreadable(response.statusCode(), "it has no access_token"));
    }

    /** Returns the seconds until a token is replaced; one without an end is fetched again after an hour. */
    private long life(Map<?, ?> answer) {
        long seconds = answer.get("expires_in") instanceof Json.Num number
                ? (long) Double.parseDouble(number.digits())
                : TimeUnit.HOURS.toSeconds(1);
        return seconds > bufferSeconds ? seconds - bufferSeconds : seconds;
    }
}
