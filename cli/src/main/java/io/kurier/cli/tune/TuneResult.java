// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.tune;

import java.util.List;

/**
 * The result of a measurement.
 *
 * @param measurements one for each variant, the highest rate first
 * @param recommendation what to take
 */
public record TuneResult(List<Measurement> measurements, Recommendation recommendation) {

    /** Makes the measurements immutable. */
    public TuneResult {
        measurements = List.copyOf(measurements);
    }
}
