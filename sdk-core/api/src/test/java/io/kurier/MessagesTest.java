// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What exceptions say goes to terminals and logs, and names in it may be anybody's. */
class MessagesTest {
    private static final String EVIL = "evil\u001b[2J\u202egpj";

    static Stream<Exception> exceptions() {
        return Stream.of(
                new PublishException(EVIL + "\n", Stage.SEND, Outcome.REJECTED, false, EVIL, null),
                new TransactionException(EVIL + "\n", Outcome.UNKNOWN, true, EVIL, null, null),
                new StartException(EVIL, null),
                new StartException(List.of(EVIL, EVIL), null));
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void holdNoControlCharacters(Exception thrown) {
        assertThat(thrown.getMessage())
                .contains("evil\\u001b[2J\\u202egpj")
                .doesNotContain("\u001b", "\u202e", "gpj\n,");
    }

    @Test
    void messageAndTransactionAreCaughtAlike() {
        List<KurierException> failures = List.of(
                new PublishException("orders", Stage.SEND, Outcome.UNKNOWN, true, "expired", null),
                new TransactionException("shop-0", Outcome.UNKNOWN, true, "expired", null, null));
        assertThat(failures).allSatisfy(failure -> {
            assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(failure.retriable()).isTrue();
            assertThat(failure.handle()).isEmpty();
            assertThat(failure).hasMessageEndingWith(", UNKNOWN (retriable): expired");
        });
    }

    @Test
    void aliasesHoldNone() {
        assertThatThrownBy(() -> Topic.of("a\nb", String.class, String.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a topic's alias must not hold characters that are not shown, such as line ends: a\\nb");
    }
}
