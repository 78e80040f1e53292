// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.config.AbstractConfig;
import org.jspecify.annotations.Nullable;

/**
 * Sends single requests, each with a limit for the whole response and for its size. Follows no redirect, since
 * credentials would go along. Its threads are daemons, and end when they are idle. Safe for use by any number of threads.
 */
final class Http implements AutoCloseable {
    /** The longest response that is read. The largest schemas have some 100 kB. */
    static final int MOST_BYTES = 16 * 1024 * 1024;

    private static final int THREADS = 2;
    private static final long IDLE_SECONDS = 10;
    private static final AtomicInteger MADE = new AtomicInteger();

    private final ThreadPoolExecutor executor = newExecutor();
    private final HttpClient client;
    private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Creates it with the time-out and the TLS that a configuration has. */
    Http(AbstractConfig config, Tls tls) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofMillis(config.getInt(ClientKeys.CONNECT_TIMEOUT)))
                .executor(executor)
                .sslParameters(tls.parameters());
        var context = tls.context();
        if (context != null) {
            builder.sslContext(context);
        }
        client = builder.build();
    }

    private static ThreadPoolExecutor newExecutor() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(null, work, "kurier-registry-" + MADE.incrementAndGet(), 0, false);
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Returns the threads on which the futures complete. */
    Executor executor() {
        return executor;
    }

    /** Sends a request; the future fails with a {@link java.util.concurrent.TimeoutException} after the time. */
    CompletableFuture<HttpResponse<byte[]>> send(HttpRequest request, long millis) {
        if (closed) {
            return CompletableFuture.failedFuture(new IOException("the client is closed"));
        }
        CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(request, info -> new BoundedBody());
        underWay.add(sent);
        return sent.copy().orTimeout(millis, TimeUnit.MILLISECONDS).whenComplete((response, failure) -> {
            underWay.remove(sent);
            sent.cancel(true);
        });
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        underWay.forEach(each -> each.cancel(true));
        executor.setKeepAliveTime(1, TimeUnit.MILLISECONDS);
        if ((Object) client instanceof AutoCloseable closeable) { // since Java 21; before, with its last reference
            executor.execute(() -> close(closeable));
        }
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException("an HTTP client cannot be closed", e);
        }
    }

    /** A response has more than {@link #MOST_BYTES}. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException() {
            super("the response has more than " + MOST_BYTES + " bytes");
        }
    }

    /** A body of at most {@link #MOST_BYTES}. */
    private static final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Flow.@Nullable Subscription subscription;

        @Override
        public CompletionStage<byte[]> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                if (bytes.size() + buffer.remaining() > MOST_BYTES) {
                    if (subscription != null) {
                        subscription.cancel();
                    }
                    body.completeExceptionally(new TooLongException());
                    return;
                }
                byte[] part = new byte[buffer.remaining()];
                buffer.get(part);
                bytes.writeBytes(part);
            }
        }

        @Override
        public void onError(Throwable failure) {
            body.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            body.complete(bytes.toByteArray());
        }
    }
}
