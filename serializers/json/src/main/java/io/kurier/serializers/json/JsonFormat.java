// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json;

import io.kurier.serializers.internal.Framings;
import io.kurier.serializers.internal.ReadLimits;

/** What the serializer, the deserializer and the plugin of the format have in common. */
final class JsonFormat {
    static final String NAME = "json";

    /** The key of a plain Kafka client for the framing. */
    static final String FRAMING_KEY = NAME + ".framing";

    static final int MAX_DEPTH = 500;
    static final ReadLimits LIMITS = ReadLimits.defaults(NAME, MAX_DEPTH);

    private JsonFormat() {}

    /** Returns the framings that the class path has. */
    static Framings framings() {
        return Framings.of(NAME, JsonFormat.class);
    }
}
