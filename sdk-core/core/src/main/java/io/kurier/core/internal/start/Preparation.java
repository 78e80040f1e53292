// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.start;

import io.kurier.StartException;
import io.kurier.core.internal.config.PublisherConfig;
import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.route.Prepared;
import io.kurier.core.internal.route.Routes;
import io.kurier.core.transport.TopicManagement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the objects made by plugins request what they need from servers, so that it is available for the first record.
 */
final class Preparation {
    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

    private final PublisherConfig config;
    private final Duration limit;
    private final List<String> problems = new ArrayList<>();
    private @Nullable Throwable cause;

    private Preparation(PublisherConfig config, Duration limit) {
        this.config = config;
        this.limit = limit;
    }

    /**
     * Starts all requests at once, and waits until all are done, or the time is over: then the first records wait.
     *
     * @throws StartException with every request that failed, or if the thread is interrupted, whose interrupt flag is
     *     then still set
     */
    static void run(Routes routes, PublisherConfig config, Duration limit) {
        new Preparation(config, limit).run(routes);
    }

    private void run(Routes routes) {
        Map<String, CompletableFuture<?>> asked = new LinkedHashMap<>();
        routes.all().forEach(route -> route.preparables().forEach(each -> asked.put(each.what(), begin(each))));
        if (config.management() == TopicManagement.LATER) {
            asked.forEach((what, ready) -> {
                CompletableFuture<?> unused = ready.whenComplete((answer, failure) -> {
                    if (failure != null) {
                        LOG.warn("{}", problem(what, failure));
                    }
                });
            });
            return;
        }
        long deadline = System.nanoTime() + limit.toNanos();
        asked.forEach((what, ready) -> await(what, ready, deadline));
        if (!problems.isEmpty()) {
            throw new StartException(problems, cause);
        }
    }

    private static CompletableFuture<?> begin(Prepared each) {
        CompletableFuture<@Nullable Object> ready = new CompletableFuture<>();
        try {
            var unused = each.preparable().prepare().whenComplete((answer, failure) -> {
                if (failure == null) {
                    ready.complete(null);
                } else {
                    ready.completeExceptionally(failure);
                }
            });
        } catch (Throwable e) { // an Error too, and null: the others are prepared all the same
            ready.completeExceptionally(e);
        }
        return ready;
    }

    private void await(String what, CompletableFuture<?> ready, long deadline) {
        try {
            Object unused = ready.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            Throwable failure = e.getCause() == null ? e : e.getCause();
            problems.add(problem(what, failure));
            cause = cause == null ? config.secrets().hide(ThrowableText.loggable(failure)) : cause;
        } catch (TimeoutException e) {
            LOG.warn("{} is not ready after {} s: the first records wait for it", what, limit.toSeconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while waiting for " + what, e);
        }
    }

    private String problem(String what, Throwable failure) {
        return what + " cannot be prepared: " + config.secrets().hide(ThrowableText.reason(failure));
    }
}
