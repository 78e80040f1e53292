// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DurationsTest {

    @Test
    void keepsWhatCanBeADeadline() {
        assertThat(Durations.bounded(Duration.ofDays(10_000))).isEqualTo(Duration.ofDays(10_000));
        assertThat(Durations.nanos(Duration.ofMillis(5))).isEqualTo(5_000_000);
    }

    @Test
    void takesANegativeOneAsZero() {
        assertThat(Durations.bounded(Duration.ofSeconds(Long.MIN_VALUE))).isEqualTo(Duration.ZERO);
        assertThat(Durations.nanos(Duration.ofNanos(-1))).isZero();
    }

    @Test
    void letsAHugeOneBeAddedToAMomentAndToASecond() {
        Duration huge = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

        assertThat(Math.addExact(System.nanoTime(), Durations.nanos(huge))).isPositive();
        assertThat(Durations.bounded(huge).plusSeconds(1).toNanos()).isPositive();
        assertThat(Durations.bounded(huge)).isGreaterThan(Duration.ofDays(365 * 100));
    }
}
