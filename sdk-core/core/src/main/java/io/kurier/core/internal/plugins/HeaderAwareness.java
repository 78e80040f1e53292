// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;

/** Determines which serializers use the headers of a record: for the others no headers are made. */
public final class HeaderAwareness {
    private HeaderAwareness() {}

    /**
     * Returns whether a serializer's class overrides the {@code serialize} method with headers, and so can add some.
     */
    public static boolean in(Serializer<?> serializer) {
        try {
            return serializer
                            .getClass()
                            .getMethod("serialize", String.class, Headers.class, Object.class)
                            .getDeclaringClass()
                    != Serializer.class;
        } catch (NoSuchMethodException e) {
            throw new LinkageError("Kafka's Serializer has no method with headers any more", e);
        }
    }
}
