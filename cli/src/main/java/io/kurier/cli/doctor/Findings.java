// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.doctor;

import io.kurier.cli.doctor.Finding.Severity;
import io.kurier.core.internal.contact.Answer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects findings. Used by one thread. */
final class Findings {
    private final List<Finding> all = new ArrayList<>();

    void ok(String check, String where, String what) {
        all.add(new Finding(Severity.OK, check, where, what, "", ""));
    }

    void warning(String check, String where, String what, String why, String advice) {
        all.add(new Finding(Severity.WARNING, check, where, what, why, advice));
    }

    void problem(String check, String where, String what, String why, String advice) {
        all.add(new Finding(Severity.PROBLEM, check, where, what, why, advice));
    }

    /**
     * Adds a warning that something is not known.
     *
     * @param what what is not known, as the beginning of a sentence
     * @param grant the right that the request needs
     */
    void unknown(String check, String where, String what, Answer<?> missing, String grant) {
        warning(
                check,
                where,
                what + ": " + missing.reason(),
                "",
                switch (missing.kind()) {
                    case NOT_AUTHORIZED -> "Grant " + grant + " to this principal, or ask one that has it.";
                    case NO_ANSWER ->
                        "Check that the broker runs and can be reached at the address that it advertises.";
                    case NOT_SUPPORTED -> "Ask the operators of the cluster, which does not report it.";
                    case NOT_FOUND, FAILED, KNOWN -> "Look at the brokers' logs.";
                });
    }

    /** Returns the findings, those that matter most first, else in the order in which they were added. */
    List<Finding> sorted() {
        return all.stream().sorted(Comparator.comparing(Finding::severity)).toList();
    }
}
