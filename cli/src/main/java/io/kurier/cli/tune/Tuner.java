// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.tune;

import io.kurier.Publisher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Lets every variant publish the sample, in turns whose order the seed decides anew for each round. */
public final class Tuner {
    private static final Duration MOST_CLOSING = Duration.ofSeconds(10);

    private final TemporaryTopic topic;
    private final Sample sample;
    private final TuneOptions options;
    private final TuneListener listener;

    /**
     * Creates a tuner.
     *
     * @param topic the topic to publish to, which is created already
     * @param sample the records to publish
     */
    public Tuner(TemporaryTopic topic, Sample sample, TuneOptions options, TuneListener listener) {
        this.topic = topic;
        this.sample = sample;
        this.options = options;
        this.listener = listener;
    }

    /**
     * Runs all turns.
     *
     * @throws io.kurier.StartException if a publisher cannot start
     * @throws TuneException if a record is not stored
     */
    public TuneResult run() throws InterruptedException {
        Map<Variant, List<TurnResult>> turns = new LinkedHashMap<>();
        options.variants().forEach(variant -> turns.put(variant, new ArrayList<>()));
        List<Variant> order = new ArrayList<>(options.variants());
        Random random = new Random(options.seed());
        for (int round = 0; round <= options.rounds(); round++) {
            listener.round(round);
            Collections.shuffle(order, random);
            for (Variant variant : order) {
                TurnResult turn = turn(variant, round == 0 ? options.warmUp() : options.time());
                if (round > 0) {
                    turns.getOrDefault(variant, List.of()).add(turn);
                }
            }
        }
        List<Measurement> measurements = new ArrayList<>();
        turns.forEach((variant, results) -> measurements.add(Measurement.of(variant, results)));
        measurements.sort(Comparator.comparingDouble(Measurement::rate).reversed());
        return new TuneResult(measurements, Recommendation.of(measurements));
    }

    private TurnResult turn(Variant variant, Duration time) throws InterruptedException {
        Publisher publisher = topic.start(variant.keys());
        Duration closing = Duration.ZERO; // of a turn that has failed
        try {
            TurnResult result = new Turn(publisher, topic, sample).run(time, options.mostBytes());
            closing = MOST_CLOSING;
            return result;
        } finally {
            publisher.close(closing);
        }
    }
}
