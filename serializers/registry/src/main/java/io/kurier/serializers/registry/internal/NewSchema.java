// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import java.util.List;

/**
 * A schema as it is sent to a registry.
 *
 * @param format {@code avro}, {@code json} or {@code protobuf}, as {@link io.kurier.spi.PayloadSchema#format()}
 * @param text the schema in the registry's form: JSON, or a .proto text
 * @param references the schemas that it refers to
 */
public record NewSchema(String format, String text, List<SchemaReference> references) {
    /** Copies the references. */
    public NewSchema {
        references = List.copyOf(references);
    }
}
