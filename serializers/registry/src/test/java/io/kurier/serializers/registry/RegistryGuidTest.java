// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.serializers.registry.internal.SchemaReference;
import io.kurier.serializers.registry.internal.SchemaRule;
import io.kurier.serializers.registry.internal.StoredSchema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The GUIDs of registries that give none. */
class RegistryGuidTest {
    private static final SchemaReference REFERENCE = new SchemaReference("ref", "sub", 1);

    private static StoredSchema stored(
            @Nullable UUID guid, @Nullable String text, List<SchemaReference> references, SchemaRule... rules) {
        return new StoredSchema("orders-value", 1, 5, guid, "avro", text, references, List.of(rules));
    }

    @Test
    void isComputedOnTheTextAndTheReferences() {
        assertThat(RegistryGuid.of(stored(null, "\"string\"", List.of()), "sent"))
                .hasToString("095d71cf-1255-6b9d-5e33-0ad575b3df5d");
        assertThat(RegistryGuid.of(stored(null, null, List.of()), "\"string\""))
                .hasToString("095d71cf-1255-6b9d-5e33-0ad575b3df5d");
        assertThat(RegistryGuid.of(stored(null, "\"string\"", List.of(REFERENCE)), "sent"))
                .hasToString("a03785c9-7423-929e-e8ba-f5c8927e3e12");
    }

    @Test
    void isThatOfTheRegistryIfItGivesOne() {
        assertThat(RegistryGuid.of(stored(new UUID(1, 2), "\"string\"", List.of()), "sent"))
                .isEqualTo(new UUID(1, 2));
    }

    @Test
    void rulesArePartOfItAndNotKnown() {
        SchemaRule rule = new SchemaRule("check", "CONDITION", "READ", "CEL", false);

        assertThat(RegistryGuid.of(stored(null, "\"string\"", List.of(), rule), "sent"))
                .isNull();
    }
}
