// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json;

import com.fasterxml.jackson.databind.JavaType;
import io.kurier.spi.PayloadSchema;
import org.jspecify.annotations.Nullable;

/**
 * The Java type of values as the schema of a framing, which may derive a JSON Schema from it: JSON itself has no
 * schema.
 */
record JsonSchema(JavaType nativeSchema) implements PayloadSchema {

    @Override
    public String format() {
        return JsonSerializerPlugin.NAME;
    }

    @Override
    public @Nullable String fullName() {
        return null;
    }

    @Override
    public @Nullable String text() {
        return null;
    }
}
