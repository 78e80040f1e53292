// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.tune;

import java.util.List;

/** The turns of one variant; see {@link TurnResult} for the quantities. */
public record Measurement(
        Variant variant,
        Spread recordsPerSecond,
        Spread wireBytesPerSecond,
        Spread wireBytesPerRecord,
        Spread compressionRatio,
        Spread cpuMicrosPerRecord,
        Spread p99Millis) {

    static Measurement of(Variant variant, List<TurnResult> turns) {
        return new Measurement(
                variant,
                Spread.of(turns, TurnResult::recordsPerSecond),
                Spread.of(turns, TurnResult::wireBytesPerSecond),
                Spread.of(turns, TurnResult::wireBytesPerRecord),
                Spread.of(turns, TurnResult::compressionRatio),
                Spread.of(turns, TurnResult::cpuMicrosPerRecord),
                Spread.of(turns, TurnResult::p99Millis));
    }

    double rate() {
        return recordsPerSecond.median();
    }
}
