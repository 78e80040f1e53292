// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kurier.Publisher;
import io.kurier.StartException;
import io.kurier.core.Kurier;
import io.kurier.core.KurierBuilder;
import io.kurier.core.internal.config.Setting;
import io.kurier.core.internal.plugins.BoundPlugins;
import io.kurier.core.internal.publisher.ScriptedTransport;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Guard;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.GuardSettings;
import io.kurier.spi.Preparable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What plugins ask for at the start is there before the first record. */
@Timeout(60)
class PreparationTest {
    private static final Map<String, String> KEYS = Map.of(
            "bootstrap.servers", "127.0.0.1:9092",
            "topics", "orders,returns",
            "topics.orders.value.serializer", "text",
            "topics.orders.guards", "vault",
            "topics.returns.value.serializer", "text",
            "topics.returns.guards", "vault");

    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final AtomicInteger asked = new AtomicInteger();

    private final class Vault implements GuardPlugin {
        @Override
        public String name() {
            return "vault";
        }

        @Override
        public Guard guard(GuardSettings settings) {
            return new Prepared();
        }
    }

    private final class Prepared implements Guard, Preparable {
        @Override
        public EncodedRecord guard(EncodedRecord record) {
            return record;
        }

        @Override
        public CompletionStage<?> prepare() {
            asked.incrementAndGet();
            return ready;
        }
    }

    private KurierBuilder kurier() {
        return Kurier.builder().set(KEYS).guard(new Vault()).transport(config -> new ScriptedTransport());
    }

    @Test
    void theStartWaitsForIt() {
        CompletableFuture<Publisher> started = CompletableFuture.supplyAsync(() -> kurier().start());
        await().until(() -> asked.get() == 2); // both topics at once
        assertThat(started).isNotDone();

        ready.complete(null);

        started.join().close();
        assertThat(asked).hasValue(2);
    }

    @Test
    void whatCannotBeHadStopsTheStartForEachTopic() {
        ready.completeExceptionally(new IllegalStateException("the vault has no key k-7"));
        assertThatThrownBy(() -> kurier().start())
                .isInstanceOfSatisfying(
                        StartException.class,
                        e -> assertThat(e.problems())
                                .containsExactlyInAnyOrder(
                                        "the guard vault of topic orders cannot be prepared: the vault has no key k-7",
                                        "the guard vault of topic returns cannot be prepared: the vault has no key k-7"));
    }

    @Test
    void aStartThatDoesNotWaitForItsClusterDoesNotWaitForItEither() {
        ready.completeExceptionally(new IllegalStateException("the vault has no key k-7"));
        kurier().set("topics.management", "later").start().close();
        assertThat(asked).hasValue(2);
    }

    @Test
    void aCheckAsksNothing() {
        assertThat(kurier().check()).isNotEmpty();
        assertThat(asked).hasValue(0);
    }

    @Test
    void waitsNoLongerThanItMay() {
        List<Setting> settings = KEYS.entrySet().stream()
                .map(key -> new Setting(key.getKey(), key.getValue(), "test"))
                .toList();
        try (Plan plan =
                Plan.of(settings, List.of(), new BoundPlugins(List.of(), List.of(), List.of(new Vault()), List.of()))) {
            Preparation.run(plan.routes(), plan.config(), Duration.ofMillis(50));
        }
        assertThat(asked).hasValue(2);
        assertThat(ready).isNotDone();
    }
}
