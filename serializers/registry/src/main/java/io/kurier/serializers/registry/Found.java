// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import io.kurier.serializers.framings.RegisteredSchema;
import io.kurier.serializers.registry.internal.StoredSchema;

/**
 * A schema of a serializer, as it is registered.
 *
 * @param stored the registry's answer
 * @param text the registered schema, as {@link io.kurier.spi.PayloadSchema#text()}
 * @param sent its text in the registry's form, if the answer has none
 */
record Found(StoredSchema stored, String text, String sent) {
    RegisteredSchema registered() {
        return new RegisteredSchema(
                stored.format(), stored.id() == 0 ? null : stored.id(), RegistryGuid.of(stored, sent), text);
    }
}
