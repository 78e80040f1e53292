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
        FaultRules rules = new FaultRules(seed);
        rules.setChance(Fault.DROP_ACKS, ApiKeys.PRODUCE, 0.3);
        rules.setChance(Fault.DROP_ACKS, ApiKeys.METADATA, 0.3);
        List<@Nullable Fault> choices = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            for (int other = 0; other < othersBetween; other++) {
                rules.faultFor(ApiKeys.METADATA);
            }
            choices.add(rules.faultFor(ApiKeys.PRODUCE));
        }
        return choices;
    }

    @Test
    void strikesAsManyRequestsAsItIsTold() {
        FaultRules rules = new FaultRules(1);
        rules.set(Fault.HOLD, ApiKeys.PRODUCE, Rule.next(2));

        assertThat(rules.faultFor(ApiKeys.FETCH)).isNull();
        assertThat(rules.faultFor(null)).isNull();
        assertThat(rules.faultFor(ApiKeys.PRODUCE)).isEqualTo(Fault.HOLD);
        assertThat(rules.faultFor(ApiKeys.PRODUCE)).isEqualTo(Fault.HOLD);
        assertThat(rules.faultFor(ApiKeys.PRODUCE)).isNull();
    }

    @Test
    void strikesOneRequestWithOneFault() {
        FaultRules rules = new FaultRules(1);
        rules.set(Fault.DROP_ACKS, ApiKeys.PRODUCE, Rule.next(1));
        rules.set(Fault.HOLD, ApiKeys.PRODUCE, Rule.next(1));

        assertThat(rules.faultFor(ApiKeys.PRODUCE)).isEqualTo(Fault.HOLD);
        assertThat(rules.faultFor(ApiKeys.PRODUCE)).isEqualTo(Fault.DROP_ACKS);
    }

    @Test
    void endsOneFaultOrAll() {
        FaultRules rules = new FaultRules(1);
        rules.set(Fault.DROP_ACKS, ApiKeys.PRODUCE, Rule.always());
        rules.set(Fault.HOLD, ApiKeys.PRODUCE, Rule.always());

        rules.end(Fault.HOLD);
        assertThat(rules.faultFor(ApiKeys.PRODUCE)).isEqualTo(Fault.DROP_ACKS);

        rules.endAll();
        assertThat(rules.faultFor(ApiKeys.PRODUCE)).isNull();
    }

    @Test
    void leavesToChanceOnlyWhatActsOnRequests() {
        FaultRules rules = new FaultRules(1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> rules.setChance(Fault.SLICE, ApiKeys.PRODUCE, 0.5))
                .withMessageContaining("DROP_ACKS");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rules.setChance(Fault.HOLD, ApiKeys.PRODUCE, 1.5))
                .withMessageContaining("1.5");
        assertThatIllegalArgumentException().isThrownBy(() -> Rule.next(0));
    }
}
