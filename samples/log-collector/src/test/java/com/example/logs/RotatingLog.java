// SPDX-License-Identifier: Apache-2.0
package com.example.logs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** A log that rotates as logrotate does it with {@code create}, {@code compress} and {@code delaycompress}. */
final class RotatingLog {
    private static final int EVERY_TRACE = 10;

    private final Path folder;
    private final List<String> written = new ArrayList<>();
    private int rotations;

    RotatingLog(Path folder) {
        this.folder = folder;
    }

    /** Writes so many records; one of ten has a stack trace. */
    void write(int records) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int n = 0; n < records; n++) {
            int number = written.size() + 1;
            String time = String.format(Locale.ROOT, "2026-11-28 10:%02d:%02d", number / 60 % 60, number % 60);
            String record = number % EVERY_TRACE == 0
                    ? time + " ERROR order " + number + " failed\n"
                            + "java.lang.IllegalStateException: no stock for " + number + "\n"
                            + "\tat com.example.Stock.take(Stock.java:41)\n"
                            + "\tat com.example.Orders.place(Orders.java:17)\n"
                            + "Caused by: java.io.IOException: time-out\n"
                            + "\t... 2 more"
                    : time + " INFO order " + number + " placed";
            written.add(record);
            text.append(record).append('\n');
        }
        Files.writeString(log(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** {@code app.log.1} is compressed to {@code app.log.2.gz}, and {@code app.log} becomes {@code app.log.1}. */
    void rotate() throws IOException {
        Path previous = folder.resolve("app.log.1");
        if (Files.exists(previous)) {
            rotations++;
            try (OutputStream gzip =
                    new GZIPOutputStream(Files.newOutputStream(folder.resolve("app.log." + (rotations + 1) + ".gz")))) {
                Files.copy(previous, gzip);
            }
            Files.delete(previous);
        }
        Files.move(log(), previous);
        Files.createFile(log());
    }

    /** What was written so far, a record each. */
    List<String> written() {
        return List.copyOf(written);
    }

    private Path log() {
        return folder.resolve("app.log");
    }
}
