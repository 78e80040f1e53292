// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is logged while it is open. */
public final class LogCapture implements AutoCloseable {
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    /** Begins to keep what is logged. */
    public LogCapture() {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    /** Returns everything. */
    public String text() {
        return log.toString(StandardCharsets.UTF_8);
    }

    /** The warnings that contain a text, with the names of their threads. */
    public List<String> warnings(String with) {
        return text().lines()
                .filter(line -> line.contains(" WARN ") && line.contains(with))
                .toList();
    }

    @Override
    public void close() {
        System.setErr(before);
        before.print(text());
    }
}
