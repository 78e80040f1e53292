// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks;

/** Counts the records of a topic as the broker reports them. */
@FunctionalInterface
public interface StoredRecords {

    /** Returns the number of records ever stored in the topic. */
    long of(String topic);
}
