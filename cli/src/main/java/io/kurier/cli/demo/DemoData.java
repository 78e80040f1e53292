// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The files that the demo publishes if none are given: most are in the jar, a large one is generated. */
public final class DemoData {
    private static final List<String> FILES = List.of(
            "access.log",
            "deliveries.csv",
            "orders.jsonl",
            "stores.json",
            "temperatures.avro",
            "payments.pb",
            "payments.desc",
            "parcel.png",
            "chime.wav");

    /**
     * A minute of sound in the quality of a compact disc, 10.6 MB: about ten times the size that one record can have.
     */
    private static final Wav SWEEP = new Wav(44_100, 2, 60 * 44_100);

    private DemoData() {}

    /**
     * Writes the files to a folder, which is created if it is missing.
     *
     * @return the folder
     * @throws IOException if they cannot be written
     */
    public static Path unpack(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String name : FILES) {
            try (InputStream file = DemoData.class.getResourceAsStream("data/" + name)) {
                if (file == null) {
                    throw new IOException("the demo's file " + name + " is missing from " + DemoData.class.getName());
                }
                Files.copy(file, folder.resolve(name));
            }
        }
        SWEEP.write(folder.resolve("sweep.wav"), DemoData::sweep);
        markAsRested(folder);
        return folder;
    }

    /** Sets older times of modification: a connector waits until a new file has not changed for a while. */
    private static void markAsRested(Path folder) throws IOException {
        FileTime aWhileAgo = FileTime.from(Instant.now().minus(Duration.ofMinutes(1)));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.setLastModifiedTime(file, aWhileAgo);
            }
        }
    }

    /** A tone that rises from 55 Hz by six octaves. */
    private static double sweep(int sample) {
        double octaves = 6.0 * sample / SWEEP.samples();
        double turns = 55 * (Math.pow(2, octaves) - 1) * 60 / (6 * Math.log(2));
        return 0.5 * Math.sin(2 * Math.PI * turns);
    }
}
