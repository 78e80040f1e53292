// SPDX-License-Identifier: Apache-2.0
package io.kurier.compatibility.checks;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The process of one cell: runs the checks, and reports their number in its last line. */
public final class Checks {
    /** Marks checks that run only with unsupported clients. */
    static final String UNSUPPORTED_ONLY = "unsupported-only";

    /** Marks checks that run with all clients, unsupported ones included. */
    static final String ANY_VERSION = "any-version";

    /** The argument for unsupported clients. */
    public static final String UNSUPPORTED = "unsupported";

    /** The beginning of the last line; two numbers follow, of checks that have passed and failed. */
    public static final String DONE = "checks-done ";

    private static final String TIME_LIMIT = "120 s";
    private static final int FRAMES = 30;

    private Checks() {}

    /** Runs the checks. The argument is {@link #UNSUPPORTED} or missing. */
    public static void main(String[] args) {
        boolean unsupported = args.length > 0 && args[0].equals(UNSUPPORTED);
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectPackage(Checks.class.getPackageName()))
                .filters(
                        unsupported
                                ? TagFilter.includeTags(UNSUPPORTED_ONLY, ANY_VERSION)
                                : TagFilter.excludeTags(UNSUPPORTED_ONLY))
                .configurationParameter("junit.jupiter.execution.timeout.default", TIME_LIMIT);
        TestExecutionSummary summary = run(request.build());
        PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
        summary.printFailuresTo(out, FRAMES);
        out.println(DONE + summary.getTestsSucceededCount() + " " + summary.getTotalFailureCount());
        // Threads that a failed check has left behind must not keep the process.
        Runtime.getRuntime().halt(summary.getTotalFailureCount() == 0 && summary.getTestsSucceededCount() > 0 ? 0 : 1);
    }

    private static TestExecutionSummary run(LauncherDiscoveryRequest request) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        Launcher launcher = LauncherFactory.create();
        launcher.execute(request, summary);
        return summary.getSummary();
    }
}
