// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.serializers.registry.internal.RegistryException;
import io.kurier.spi.NotReadyException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

/** How often a registry is asked. */
class AnswerCacheTest {
    private static final RegistryException DOWN = new RegistryException("503", 503, 0, true, null);
    private static final RegistryException REFUSED = new RegistryException("401", 401, 401, false, null);

    private final AtomicLong nanos = new AtomicLong();
    private final List<CompletableFuture<String>> sent = new ArrayList<>();
    private final AnswerCache<String, String> answers =
            new AnswerCache<>(3, answer -> AnswerCache.FOR_EVER, false, nanos::get);

    private static String get(AnswerCache<String, String> answers, String key, List<CompletableFuture<String>> sent) {
        return answers.get(key, "the schema " + key, () -> {
            CompletableFuture<String> request = new CompletableFuture<>();
            sent.add(request);
            return request;
        });
    }

    private String get(String key) {
        return get(answers, key, sent);
    }

    private void isAwaited(String key) {
        assertThatThrownBy(() -> get(key)).isInstanceOf(NotReadyException.class).hasMessageContaining(key);
    }

    private void answer(String value) {
        sent.get(sent.size() - 1).complete(value);
    }

    private void fail(RegistryException failure) {
        sent.get(sent.size() - 1).completeExceptionally(failure);
    }

    private void pass(double seconds) {
        nanos.addAndGet((long) (seconds * AnswerCache.SECOND));
    }

    @Test
    void asksOnceForAKey() {
        isAwaited("a");
        isAwaited("a");
        assertThat(sent).hasSize(1);

        answer("A");

        pass(1_000_000);
        assertThat(get("a")).isEqualTo("A");
        assertThat(sent).hasSize(1);
    }

    @Test
    void aFailureIsReportedForASecondAndThenAskedAgain() {
        isAwaited("a");
        fail(DOWN);

        assertThatThrownBy(() -> get("a"))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("503");
        pass(0.9);
        assertThatThrownBy(() -> get("a")).isInstanceOf(UnavailableException.class);
        assertThat(sent).hasSize(1);

        pass(0.2);
        isAwaited("a");
        assertThat(sent).hasSize(2);
        answer("A");
        assertThat(get("a")).isEqualTo("A");
    }

    @Test
    void aFailureThatNobodyHasSeenIsReportedLater() {
        isAwaited("a");
        fail(REFUSED);

        pass(9);
        assertThatThrownBy(() -> get("a"))
                .isInstanceOf(SerializationException.class)
                .hasMessage("401");
        isAwaited("a");
        assertThat(sent).hasSize(2);
    }

    @Test
    void anAnswerThatIsNoLongerFreshIsUsedUntilThereIsANewOne() {
        AnswerCache<String, String> latest = new AnswerCache<>(3, answer -> 10 * AnswerCache.SECOND, true, nanos::get);
        assertThatThrownBy(() -> get(latest, "a", sent)).isInstanceOf(NotReadyException.class);
        answer("A");
        pass(11);

        assertThat(get(latest, "a", sent)).isEqualTo("A");
        assertThat(sent).hasSize(2);
        fail(DOWN);
        assertThat(get(latest, "a", sent)).isEqualTo("A");
        pass(2);
        assertThat(get(latest, "a", sent)).isEqualTo("A");
        assertThat(sent).hasSize(3);
        answer("B");
        assertThat(get(latest, "a", sent)).isEqualTo("B");
    }

    @Test
    void keepsABoundedNumber() {
        for (String key : new String[] {"a", "b", "c", "d"}) {
            isAwaited(key);
            answer(key);
        }

        assertThat(answers.size()).isEqualTo(3);
        assertThat(get("d")).isEqualTo("d");
        isAwaited("a");
    }

    @Test
    void asksForABoundedNumberAtATime() {
        AnswerCache<String, String> many = new AnswerCache<>(1_000, answer -> AnswerCache.FOR_EVER, false, nanos::get);
        for (int i = 0; i < AnswerCache.MOST_UNDER_WAY + 10; i++) {
            String key = "k" + i;
            assertThatThrownBy(() -> get(many, key, sent)).isInstanceOf(NotReadyException.class);
        }
        assertThat(sent).hasSize(AnswerCache.MOST_UNDER_WAY);

        sent.get(0).complete("A");

        assertThatThrownBy(() -> get(many, "another", sent)).isInstanceOf(NotReadyException.class);
        assertThat(sent).hasSize(AnswerCache.MOST_UNDER_WAY + 1);
    }

    @Test
    void aRequestThatCannotBeSentIsAFailure() {
        assertThatThrownBy(() -> answers.get("a", "a", () -> {
                    throw new IllegalArgumentException("no descriptor");
                }))
                .isInstanceOf(SerializationException.class)
                .hasMessage("no descriptor");
    }
}
