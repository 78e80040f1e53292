// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.facade;

import io.kurier.benchmarks.Topics;
import io.kurier.benchmarks.rounds.Candidate;
import java.util.ArrayList;
import java.util.List;

/** All clients that are compared, each without and with a dependent a record, each with a topic of its own. */
final class Candidates implements AutoCloseable {
    private final List<Candidate<byte[]>> all = new ArrayList<>();

    private Candidates() {}

    /** Makes the topics and the producers. */
    static Candidates start(String bootstrap, Topics topics) {
        topics.create(List.of("raw", "raw-dependent", "spring", "spring-dependent", "kurier", "kurier-dependent"));
        Candidates candidates = new Candidates();
        candidates.all.add(new RawCandidate(bootstrap, "raw", false));
        candidates.all.add(new SpringCandidate(bootstrap, "spring", false));
        candidates.all.add(new KurierCandidate(bootstrap, "kurier", false));
        candidates.all.add(new RawCandidate(bootstrap, "raw-dependent", true));
        candidates.all.add(new SpringCandidate(bootstrap, "spring-dependent", true));
        candidates.all.add(new KurierCandidate(bootstrap, "kurier-dependent", true));
        return candidates;
    }

    /** In the order of the report. */
    List<Candidate<byte[]>> all() {
        return List.copyOf(all);
    }

    @Override
    public void close() {
        all.forEach(Candidate::close);
    }
}
