// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

/**
 * Where a record lies.
 *
 * @param topic the physical topic
 * @param partition its partition
 * @param offset its offset, -1 if that was not told
 */
record Place(String topic, int partition, long offset) {
    /** Whether this is what was told, as far as it was told. */
    boolean fits(Place told) {
        return topic.equals(told.topic) && partition == told.partition && (told.offset < 0 || offset == told.offset);
    }

    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
