// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import java.util.List;

/**
 * Whether a registry would take a schema as the next version of a subject.
 *
 * @param isCompatible whether it would
 * @param reasons what breaks, in the registry's words; empty if it gives none
 */
public record Compatibility(boolean isCompatible, List<String> reasons) {
    /** Copies the reasons. */
    public Compatibility {
        reasons = List.copyOf(reasons);
    }
}
