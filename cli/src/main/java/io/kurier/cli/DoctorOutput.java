// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import io.kurier.Printable;
import io.kurier.cli.doctor.Finding;
import io.kurier.cli.doctor.Finding.Severity;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows the findings of {@code kurier doctor} about a cluster. */
final class DoctorOutput {
    private static final String INDENT = "  ";

    private DoctorOutput() {}

    /** Prints the findings for people, and the sum of each severity. */
    static void print(List<Finding> findings, PrintWriter out) {
        for (Finding finding : findings) {
            out.println(
                    finding.severity().word() + ": " + Printable.of(finding.where()) + ": " + indented(finding.what()));
            if (!finding.why().isEmpty()) {
                out.println(INDENT + "why: " + indented(finding.why()));
            }
            if (!finding.advice().isEmpty()) {
                out.println(INDENT + "do: " + indented(finding.advice()));
            }
        }
        long problems = count(findings, Severity.PROBLEM);
        long warnings = count(findings, Severity.WARNING);
        out.println(problems + (problems == 1 ? " problem, " : " problems, ") + warnings
                + (warnings == 1 ? " warning, " : " warnings, ") + count(findings, Severity.OK) + " ok");
    }

    /** Errors of a start have several lines. */
    private static String indented(String text) {
        return Printable.lines(text).replace("\n", "\n" + INDENT + INDENT);
    }

    /** Returns the findings for JSON. */
    static List<Map<String, String>> json(List<Finding> findings) {
        return findings.stream().map(DoctorOutput::json).toList();
    }

    private static Map<String, String> json(Finding finding) {
        Map<String, String> object = new LinkedHashMap<>();
        object.put("severity", finding.severity().word());
        object.put("check", finding.check());
        object.put("where", finding.where());
        object.put("what", finding.what());
        object.put("why", finding.why());
        object.put("advice", finding.advice());
        return object;
    }

    /** Returns whether one of them is a problem. */
    static boolean hasProblem(List<Finding> findings) {
        return count(findings, Severity.PROBLEM) > 0;
    }

    private static long count(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }
}
