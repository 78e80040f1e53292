// SPDX-License-Identifier: Apache-2.0
package io.kurier.formats;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.params.provider.Arguments;

/** Reads what a fuzzer makes, in all framings of a format. */
final class Fuzzing {
    /** How long a target is fuzzed at night. */
    static final String DURATION = "10m";

    private final List<Reading> readings;

    /** Creates the readers of a format. */
    Fuzzing(String format) {
        readings = FramingChoice.of(format).stream()
                .map(framing -> Reading.of(format, framing))
                .toList();
    }

    /** Returns the records that the fuzzer begins with, and that every build reads: whole ones, and their beginnings. */
    Stream<Arguments> records() {
        return readings.stream()
                .flatMap(reading -> reading.records().stream())
                .map(HostileRecord::value)
                .flatMap(record -> Stream.of(record, Arrays.copyOf(record, record.length / 2)))
                .map(record -> Arguments.of((Object) record));
    }

    /**
     * Reads a record without headers, and with those that each framing writes.
     *
     * @throws RuntimeException if a reader fails with anything but a {@code SerializationException}
     */
    void read(byte[] record) {
        for (Reading reading : readings) {
            int unused = reading.read(new HostileRecord(record, new RecordHeaders()));
            for (HostileRecord known : reading.records()) {
                if (known.headers().iterator().hasNext()) {
                    unused = reading.read(known.withValue(record));
                }
            }
        }
    }
}
