// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import io.kurier.spi.PayloadSchema;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** An Avro schema as a framing sees it. Compared by identity: Avro's own comparison traverses the whole schema. */
final class AvroPayloadSchema implements PayloadSchema {
    private final Schema schema;

    AvroPayloadSchema(Schema schema) {
        this.schema = schema;
    }

    @Override
    public String format() {
        return AvroFormat.NAME;
    }

    @Override
    public @Nullable String fullName() {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> schema.getFullName();
            default -> null;
        };
    }

    @Override
    public String text() {
        return schema.toString();
    }

    @Override
    public Schema nativeSchema() {
        return schema;
    }
}
