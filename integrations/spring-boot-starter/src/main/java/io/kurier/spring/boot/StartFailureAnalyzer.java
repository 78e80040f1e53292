// SPDX-License-Identifier: Apache-2.0
package io.kurier.spring.boot;

import io.kurier.StartException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows all problems for which a publisher did not start, in place of a stack trace. */
final class StartFailureAnalyzer extends AbstractFailureAnalyzer<StartException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, StartException cause) {
        List<String> problems = cause.problems();
        String list = IntStream.range(0, problems.size())
                .mapToObj(i -> "    " + (i + 1) + ". " + problems.get(i))
                .collect(Collectors.joining("\n"));
        return new FailureAnalysis(
                "The Kurier publisher cannot start:\n\n" + list,
                cause.getCause() == null
                        ? "Correct what is listed. The keys named there are properties that begin with 'kurier.', such as"
                                + " 'kurier.bootstrap.servers'."
                        : "Correct what is listed, or make the Kafka cluster reachable from this process. To wait for the"
                                + " cluster, set 'kurier.start.max.wait.ms'; to start without it, set"
                                + " 'kurier.topics.management=later'.",
                rootFailure);
    }
}
