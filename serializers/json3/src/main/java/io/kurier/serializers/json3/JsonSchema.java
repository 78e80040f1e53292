// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import io.kurier.spi.PayloadSchema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/**
 * The schema of values as a framing sees it: their Java type, from which it may derive a JSON Schema, and the text and
 * title of the JSON Schema if one is set.
 */
record JsonSchema(
        JavaType nativeSchema,
        @Nullable String fullName,
        @Nullable String text) implements PayloadSchema {

    static JsonSchema of(JavaType type, @Nullable JsonValidator validator) {
        return validator == null
                ? new JsonSchema(type, null, null)
                : new JsonSchema(type, validator.title(), validator.text());
    }

    @Override
    public String format() {
        return JsonFormat.NAME;
    }
}
