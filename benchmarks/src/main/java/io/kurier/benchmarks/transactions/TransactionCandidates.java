// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.transactions;

import io.kurier.benchmarks.Topics;
import java.util.ArrayList;
import java.util.List;

/** All clients that are compared, once for each number of records a transaction. */
final class TransactionCandidates implements AutoCloseable {
    private final List<TransactionCandidate> all = new ArrayList<>();

    private TransactionCandidates() {}

    /** Makes the topics and the producers. */
    static TransactionCandidates start(String bootstrap, Topics topics, List<Integer> numbers) {
        TransactionCandidates candidates = new TransactionCandidates();
        for (int each : numbers) {
            String raw = "transactions-raw-" + each;
            String spring = "transactions-spring-" + each;
            String kurier = "transactions-kurier-" + each;
            topics.create(List.of(raw, spring, kurier));
            candidates.all.add(new RawTransactions(bootstrap, raw, each));
            candidates.all.add(new SpringTransactions(bootstrap, spring, each));
            candidates.all.add(new KurierTransactions(bootstrap, kurier, each));
        }
        return candidates;
    }

    /** Those of a number of records a transaction, in the order of the report. */
    List<TransactionCandidate> of(int each) {
        return all.stream().filter(candidate -> candidate.each() == each).toList();
    }

    @Override
    public void close() {
        all.forEach(TransactionCandidate::close);
    }
}
