// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.connect;

import java.nio.file.Path;

/**
 * What is imported in a turn.
 *
 * @param kind its format
 * @param title what it is, in the report
 * @param path a file, or a folder of files
 * @param bytes the size of all files
 * @param values the values that must be in the topic afterwards
 */
record Input(Kind kind, String title, Path path, long bytes, ValueSum values) {

    /** The formats. */
    enum Kind {
        TEXT("io.kurier.plugins.text.TextSourceConnector", "lines", true),
        JSON("io.kurier.plugins.json.JsonSourceConnector", "lines", true),
        AVRO("io.kurier.plugins.avro.AvroSourceConnector", "records", false),
        FILES("io.kurier.plugins.text.TextSourceConnector", "files", false);

        private final String connector;
        private final String unit;
        private final boolean lines;

        Kind(String connector, String unit, boolean lines) {
            this.connector = connector;
            this.unit = unit;
            this.lines = lines;
        }

        /** Returns the class of Kurier's connector. */
        String connector() {
            return connector;
        }

        /** Returns what is counted. */
        String unit() {
            return unit;
        }

        /** Returns whether it is one file of lines, which Connect's file connector and kcat can read. */
        boolean isLines() {
            return lines;
        }
    }

    long records() {
        return values.count();
    }
}
