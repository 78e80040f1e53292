// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import io.kurier.serializers.internal.ReadLimits;

/** What the serializer, the deserializer and the plugin of the format have in common. */
final class AvroFormat {
    static final String NAME = "avro";

    /** The key of a plain Kafka client for the framing. */
    static final String FRAMING_KEY = NAME + ".framing";

    /** The key for plain classes whose fields may be null. */
    static final String REFLECT_NULLABLE = "reflect.nullable";

    static final int MAX_DEPTH = 500;
    static final ReadLimits LIMITS = ReadLimits.defaults(NAME, MAX_DEPTH);

    private AvroFormat() {}
}
