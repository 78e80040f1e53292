// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.limits;

import io.kurier.core.transport.SendRejection;
import org.jspecify.annotations.Nullable;

/**
 * The limits for the records of one topic.
 *
 * @param ofTopic that of the topic, or null
 * @param ofAll the one that it shares with the other topics, or null
 */
public record InFlightLimits(
        @Nullable InFlightLimit ofTopic, @Nullable InFlightLimit ofAll) {

    /** Returns the limits of a topic, or null if there are none. */
    public static @Nullable InFlightLimits of(@Nullable InFlightLimit ofTopic, @Nullable InFlightLimit ofAll) {
        return ofTopic == null && ofAll == null ? null : new InFlightLimits(ofTopic, ofAll);
    }

    /** Returns why no further record of the topic is taken at this moment, or null. */
    public @Nullable SendRejection whyFull() {
        SendRejection why = ofTopic == null ? null : ofTopic.whyFull();
        return why == null && ofAll != null ? ofAll.whyFull() : why;
    }

    /**
     * Counts a record that is about to be passed to a producer.
     *
     * @param size the bytes of its key and value
     * @return null if it is counted, and {@link #remove} has to be called later; otherwise why it is not
     */
    public @Nullable SendRejection add(int size) {
        SendRejection why = ofTopic == null ? null : ofTopic.add(size);
        if (why != null || ofAll == null) {
            return why;
        }
        why = ofAll.add(size);
        if (why != null && ofTopic != null) {
            ofTopic.remove(size);
        }
        return why;
    }

    /** Ends the count of a record. */
    public void remove(int size) {
        if (ofTopic != null) {
            ofTopic.remove(size);
        }
        if (ofAll != null) {
            ofAll.remove(size);
        }
    }
}
