// SPDX-License-Identifier: Apache-2.0
package io.kurier.micrometer;

import io.kurier.Outcome;
import io.kurier.Stage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The timers of one topic, one for each outcome and stage; those of failures are made by the first one. */
final class TopicTimers {
    static final String NAME = "kurier.publish";

    private static final String STORED = "STORED";
    private static final String NO_STAGE = "none";
    private static final int STAGES = Stage.values().length;

    private final MeterRegistry registry;
    private final Tags tags;
    private final Timer stored;
    private final AtomicReferenceArray<Timer> failed = new AtomicReferenceArray<>(Outcome.values().length * STAGES);

    TopicTimers(MeterRegistry registry, Tags tags, String topic) {
        this.registry = registry;
        this.tags = tags.and(MeterNames.TOPIC, topic);
        this.stored = timer(STORED, NO_STAGE);
    }

    Timer stored() {
        return stored;
    }

    Timer failed(Outcome outcome, Stage stage) {
        int index = outcome.ordinal() * STAGES + stage.ordinal();
        Timer known = failed.get(index);
        if (known == null) { // two threads that make it get the same one from the registry
            known = timer(outcome.name(), stage.name());
            failed.set(index, known);
        }
        return known;
    }

    private Timer timer(String outcome, String stage) {
        return Timer.builder(NAME)
                .description("From the call of publish to the outcome of the message")
                .tags(tags.and("outcome", outcome, "stage", stage))
                .register(registry);
    }
}
