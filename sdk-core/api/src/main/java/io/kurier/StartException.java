// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if a publisher cannot start. It lists every problem that was found, not only the first. Each problem names the
 * key or topic, where its value came from, what is wrong and what to do; none shows a secret.
 */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** Makes the exception from one or more problems, in the order in which they were found. */
    public StartException(List<String> problems, @Nullable Throwable cause) {
        super(Printable.lines(message(problems)), cause);
        this.problems = List.copyOf(problems);
    }

    /** Makes the exception from a single problem. */
    public StartException(String problem, @Nullable Throwable cause) {
        this(List.of(Objects.requireNonNull(problem, "problem")), cause);
    }

    /** The problems, each one sentence or a short text. */
    public List<String> problems() {
        return problems;
    }

    private static String message(List<String> problems) {
        Objects.requireNonNull(problems, "problems");
        problems.forEach(problem -> Objects.requireNonNull(problem, "problem"));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("problems: none is told");
        }
        if (problems.size() == 1) {
            return problems.get(0);
        }
        StringBuilder text = new StringBuilder(problems.size() + " problems");
        for (int i = 0; i < problems.size(); i++) {
            text.append("\n  ").append(i + 1).append(". ").append(problems.get(i));
        }
        return text.toString();
    }
}
