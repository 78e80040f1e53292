// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks;

/** How many records a topic has been given, by the broker's word. */
@FunctionalInterface
public interface StoredRecords {

    /** The number of records ever stored in the topic. */
    long of(String topic);
}
