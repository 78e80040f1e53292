// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protobuf;

import io.kurier.serializers.internal.Framings;
import io.kurier.serializers.internal.ReadLimits;

/** What the serializer, the deserializer and the plugin of the format have in common. */
final class ProtobufFormat {
    static final String NAME = "protobuf";

    /** The key of a plain Kafka client for the framing. */
    static final String FRAMING_KEY = NAME + ".framing";

    /** The header that names a record's message type. */
    static final String TYPE_HEADER = "protobuf.type";

    static final int MAX_DEPTH = 100;
    static final ReadLimits LIMITS = ReadLimits.defaults(NAME, MAX_DEPTH);

    private ProtobufFormat() {}

    /** Returns the framings that the class path has. */
    static Framings framings() {
        return Framings.of(NAME, ProtobufFormat.class);
    }
}
