// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import io.kurier.spi.PayloadSchema;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A schema under the identity that a registry has given it. Such an identity never denotes another schema later, so
 * what is read once is kept.
 *
 * @param format as {@link PayloadSchema#format()}
 * @param id the number that the framings {@code confluent} and {@code apicurio} write; null if it is not known
 * @param guid the GUID that {@code confluent-header} writes; null if it is not known
 * @param text the schema as it is registered, as {@link PayloadSchema#text()}: message indexes are computed on it; null
 *     if only the identity is known
 */
public record RegisteredSchema(
        String format,
        @Nullable Long id,
        @Nullable UUID guid,
        @Nullable String text) {

    /** Checks that there is a format. */
    public RegisteredSchema {
        Objects.requireNonNull(format, "format");
    }
}
