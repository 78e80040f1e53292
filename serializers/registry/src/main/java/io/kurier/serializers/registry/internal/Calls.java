// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.serializers.internal.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.config.AbstractConfig;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a registry, with retries inside one deadline: each address once in a round, and a random wait before the
 * next round ("full jitter"). A registration may be repeated, since the registry returns the same id. Safe for use by
 * any number of threads.
 */
final class Calls implements AutoCloseable {
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int UNAUTHORIZED = 401;
    private static final int NO_CONTENT = 204;

    private final Http http;
    private final Addresses addresses;
    private final Credentials credentials;
    private final String prefix;
    private final long apiMillis;
    private final long readMillis;
    private final int maxRetries;
    private final long waitMillis;
    private final long maxWaitMillis;
    private final LongUnaryOperator random;

    Calls(AbstractConfig config, String prefix) {
        this(config, prefix, limit -> ThreadLocalRandom.current().nextLong(limit + 1));
    }

    /** Creates it with a source of random waits: of a limit in milliseconds, a number from 0 to it. */
    Calls(AbstractConfig config, String prefix, LongUnaryOperator random) {
        this.prefix = prefix;
        this.addresses = Addresses.of(config.getList(ClientKeys.URL), prefix + ClientKeys.URL);
        this.http = new Http(config, new Tls(config, prefix));
        this.credentials = Credentials.of(config, prefix, addresses, http);
        this.apiMillis = config.getInt(ClientKeys.API_TIMEOUT);
        this.readMillis = config.getInt(ClientKeys.READ_TIMEOUT);
        this.maxRetries = config.getInt(ClientKeys.MAX_RETRIES);
        this.waitMillis = config.getInt(ClientKeys.RETRY_WAIT);
        this.maxWaitMillis = config.getInt(ClientKeys.RETRY_MAX_WAIT);
        this.random = random;
    }

    /**
     * Asks for a path.
     *
     * @param what what is asked, for errors: the end of "cannot"
     * @param path from its slash on, with the query
     * @param body sent by POST; null for GET
     * @return the JSON of the response
     */
    CompletableFuture<Object> call(String what, String path, @Nullable String body) {
        return new Call(what, path, body).next(0, 0);
    }

    @Override
    public String toString() {
        return addresses.toString();
    }

    @Override
    public void close() {
        http.close();
    }

    /** An attempt: the headers that made the client known, and the response. */
    private record Sent(List<String> headers, HttpResponse<byte[]> response) {}

    /** One call, in all its attempts. */
    private final class Call {
        private final String what;
        private final String path;
        private final @Nullable String body;
        private final long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(apiMillis);
        private volatile boolean renewed;

        Call(String what, String path, @Nullable String body) {
            this.what = what;
            this.path = path;
            this.body = body;
        }

        private long left() {
            return TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        }

        private long limited() {
            return Math.max(1, Math.min(left(), readMillis));
        }

        CompletableFuture<Object> next(int round, int tried) {
            String base = addresses.current();
            Failure failure = new Failure(what, base, prefix);
            String limit = left() < readMillis
                    ? ClientKeys.API_TIMEOUT + " (" + apiMillis + " ms)"
                    : ClientKeys.READ_TIMEOUT + " (" + readMillis + " ms)";
            CompletableFuture<Sent> attempt = credentials
                    .headers(limited())
                    .thenCompose(headers -> http.send(request(base, headers), limited())
                            .thenApply(response -> new Sent(headers, response)));
            return attempt.handleAsync(
                            (sent, e) -> e == null
                                    ? answered(sent, failure, base, round, tried)
                                    : failed(failure.noAnswer(e, limit), base, round, tried, -1),
                            http.executor())
                    .thenCompose(done -> done);
        }

        private HttpRequest request(String base, List<String> headers) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                    .header("Accept", MEDIA_TYPE + ", application/json")
                    .header("Confluent-Accept-Unknown-Properties", "true");
            for (int i = 0; i < headers.size(); i += 2) {
                request.setHeader(headers.get(i), headers.get(i + 1));
            }
            return body == null
                    ? request.build()
                    : request.header("Content-Type", MEDIA_TYPE)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build();
        }

        private CompletableFuture<Object> answered(Sent sent, Failure failure, String base, int round, int tried) {
            HttpResponse<byte[]> response = sent.response();
            int status = response.statusCode();
            if (status == NO_CONTENT) {
                return CompletableFuture.completedFuture(Map.of());
            }
            String text = new String(response.body(), UTF_8);
            Object json = json(text);
            if (status == 200 || status == 207) {
                return json == null
                        ? CompletableFuture.failedFuture(
                                text.isBlank() || text.strip().charAt(0) == '<'
                                        ? failure.notARegistry(status, text)
                                        : failure.unreadable(status, "it is not JSON"))
                        : CompletableFuture.completedFuture(json);
            }
            if (status >= 300 && status < 400) {
                String to = response.headers()
                        .firstValue("Location")
                        .map(Call::host)
                        .orElse("");
                return CompletableFuture.failedFuture(failure.redirected(status, to));
            }
            if (status == UNAUTHORIZED && !renewed && credentials.renew(sent.headers())) {
                renewed = true;
                return next(round, tried);
            }
            RegistryException refused = json instanceof Map<?, ?> error && error.containsKey("error_code")
                    ? failure.refused(status, code(error), error.get("message") instanceof String said ? said : null)
                    : failure.notARegistry(status, text);
            return failed(refused, base, round, tried, seconds(response));
        }

        /** A location may have a secret in its query. */
        private static String host(String location) {
            try {
                String host = URI.create(location).getHost();
                return host == null ? "" : host;
            } catch (IllegalArgumentException e) {
                return "";
            }
        }

        private static @Nullable Object json(String text) {
            try {
                return Json.parse(text);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }

        private static int code(Map<?, ?> error) {
            return error.get("error_code") instanceof Json.Num number
                            && number.digits().matches("[0-9]{1,9}")
                    ? Integer.parseInt(number.digits())
                    : 0;
        }

        /** Returns what Retry-After says, if it is a number of seconds; otherwise -1. */
        private static long seconds(HttpResponse<byte[]> response) {
            return response.headers()
                    .firstValue("Retry-After")
                    .filter(text -> text.matches("[0-9]{1,9}"))
                    .map(Long::valueOf)
                    .orElse(-1L);
        }

        private CompletableFuture<Object> failed(
                RegistryException e, String base, int round, int tried, long retryAfterSeconds) {
            if (http.isClosed()) {
                return CompletableFuture.failedFuture(new Failure(what, base, prefix).closed());
            }
            if (!e.isRetriable() && !(e.getCause() instanceof SSLException)) {
                return CompletableFuture.failedFuture(e);
            }
            addresses.leave(base);
            if (tried + 1 < addresses.size() && left() > 0) {
                return next(round, tried + 1);
            }
            if (!e.isRetriable()) {
                return CompletableFuture.failedFuture(e);
            }
            long limit = Math.min(maxWaitMillis, waitMillis << Math.min(round, Integer.SIZE - 1));
            long wait =
                    retryAfterSeconds < 0 ? random.applyAsLong(limit) : TimeUnit.SECONDS.toMillis(retryAfterSeconds);
            if (round >= maxRetries || wait >= left()) {
                return CompletableFuture.failedFuture(e);
            }
            return CompletableFuture.supplyAsync(
                            () -> next(round + 1, 0),
                            CompletableFuture.delayedExecutor(wait, TimeUnit.MILLISECONDS, http.executor()))
                    .thenCompose(done -> done);
        }
    }
}
