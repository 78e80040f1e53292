// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

/**
 * The place of a record.
 *
 * @param topic the physical topic
 * @param partition its partition
 * @param offset its offset, -1 if it was not reported
 */
record Place(String topic, int partition, long offset) {
    /** Returns whether this matches the reported place, as far as it was reported. */
    boolean fits(Place told) {
        return topic.equals(told.topic) && partition == told.partition && (told.offset < 0 || offset == told.offset);
    }

    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
