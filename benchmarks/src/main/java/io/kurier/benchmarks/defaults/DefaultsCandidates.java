// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.defaults;

import io.kurier.benchmarks.Topics;
import io.kurier.benchmarks.rounds.Candidate;
import io.kurier.core.internal.config.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All clients that are compared, each with a topic of its own. */
final class DefaultsCandidates implements AutoCloseable {
    private final List<Candidate<Order>> all = new ArrayList<>();

    private DefaultsCandidates() {}

    /**
     * Makes the topics and the producers.
     *
     * @param profiles whether each profile that is not the default is a candidate too
     */
    static DefaultsCandidates start(String bootstrap, Topics topics, boolean profiles) {
        DefaultsCandidates candidates = new DefaultsCandidates();
        topics.create(List.of("raw", "spring", "kurier"));
        candidates.all.add(new RawDefaults(bootstrap, "raw"));
        candidates.all.add(new SpringDefaults(bootstrap, "spring"));
        candidates.all.add(new KurierDefaults(bootstrap, "kurier", null));
        for (Profile profile : profiles ? Profile.values() : new Profile[0]) {
            String topic = "kurier-" + profile.name().toLowerCase(Locale.ROOT);
            topics.create(List.of(topic));
            candidates.all.add(new KurierDefaults(bootstrap, topic, profile));
        }
        return candidates;
    }

    /** In the order of the report. */
    List<Candidate<Order>> all() {
        return List.copyOf(all);
    }

    @Override
    public void close() {
        all.forEach(Candidate::close);
    }
}
