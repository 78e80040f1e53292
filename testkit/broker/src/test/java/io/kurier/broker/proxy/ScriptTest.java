// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.protocol.ApiKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScriptTest {
    private static final int REQUESTS = 200;

    @Test
    void makesTheSameChoicesWithTheSameSeed() {
        List<@Nullable Fault> choices = choices(42, 0);

        assertThat(choices).contains(Fault.DROP_ACKS).containsNull();
        assertThat(choices(42, 0)).isEqualTo(choices);
        assertThat(choices(43, 0)).isNotEqualTo(choices);
    }

    @Test
    void makesTheSameChoicesWhateverElseIsAsked() {
        assertThat(choices(42, 3)).isEqualTo(choices(42, 0));
    }

    private static List<@Nullable Fault> choices(long seed, int othersBetween) {
        Script script = new Script(seed);
        script.setChance(Fault.DROP_ACKS, ApiKeys.PRODUCE, 0.3);
        script.setChance(Fault.DROP_ACKS, ApiKeys.METADATA, 0.3);
        List<@Nullable Fault> choices = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            for (int other = 0; other < othersBetween; other++) {
                script.faultFor(ApiKeys.METADATA);
            }
            choices.add(script.faultFor(ApiKeys.PRODUCE));
        }
        return choices;
    }

    @Test
    void strikesAsManyRequestsAsItIsTold() {
        Script script = new Script(1);
        script.set(Fault.HOLD, ApiKeys.PRODUCE, Rule.next(2));

        assertThat(script.faultFor(ApiKeys.FETCH)).isNull();
        assertThat(script.faultFor(null)).isNull();
        assertThat(script.faultFor(ApiKeys.PRODUCE)).isEqualTo(Fault.HOLD);
        assertThat(script.faultFor(ApiKeys.PRODUCE)).isEqualTo(Fault.HOLD);
        assertThat(script.faultFor(ApiKeys.PRODUCE)).isNull();
    }

    @Test
    void strikesOneRequestWithOneFault() {
        Script script = new Script(1);
        script.set(Fault.DROP_ACKS, ApiKeys.PRODUCE, Rule.next(1));
        script.set(Fault.HOLD, ApiKeys.PRODUCE, Rule.next(1));

        assertThat(script.faultFor(ApiKeys.PRODUCE)).isEqualTo(Fault.HOLD);
        assertThat(script.faultFor(ApiKeys.PRODUCE)).isEqualTo(Fault.DROP_ACKS);
    }

    @Test
    void endsOneFaultOrAll() {
        Script script = new Script(1);
        script.set(Fault.DROP_ACKS, ApiKeys.PRODUCE, Rule.always());
        script.set(Fault.HOLD, ApiKeys.PRODUCE, Rule.always());

        script.end(Fault.HOLD);
        assertThat(script.faultFor(ApiKeys.PRODUCE)).isEqualTo(Fault.DROP_ACKS);

        script.endAll();
        assertThat(script.faultFor(ApiKeys.PRODUCE)).isNull();
    }

    @Test
    void leavesToChanceOnlyWhatActsOnRequests() {
        Script script = new Script(1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> script.setChance(Fault.SLICE, ApiKeys.PRODUCE, 0.5))
                .withMessageContaining("DROP_ACKS");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> script.setChance(Fault.HOLD, ApiKeys.PRODUCE, 1.5))
                .withMessageContaining("1.5");
        assertThatIllegalArgumentException().isThrownBy(() -> Rule.next(0));
    }
}
