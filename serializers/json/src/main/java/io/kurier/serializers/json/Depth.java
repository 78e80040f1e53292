// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json;

import com.fasterxml.jackson.core.JsonFactory;

/** Limits the nesting of JSON, which Jackson has as a constraint of a factory and not of a reader. */
final class Depth {
    private Depth() {}

    /**
     * Returns the factory itself, if it has that limit for reading and writing, or a copy of it with that limit. A
     * factory of an application's own class that Jackson cannot copy keeps its limits.
     */
    static JsonFactory limit(JsonFactory factory, int maxDepth) {
        if (factory.streamReadConstraints().getMaxNestingDepth() == maxDepth
                && factory.streamWriteConstraints().getMaxNestingDepth() == maxDepth) {
            return factory;
        }
        JsonFactory copy;
        try {
            copy = factory.copy();
        } catch (IllegalStateException e) {
            // A class that does not override copy().
            return factory;
        }
        // Serializers of an application may request it from the generator.
        copy.setCodec(factory.getCodec());
        return copy.setStreamReadConstraints(factory.streamReadConstraints()
                        .rebuild()
                        .maxNestingDepth(maxDepth)
                        .build())
                .setStreamWriteConstraints(factory.streamWriteConstraints()
                        .rebuild()
                        .maxNestingDepth(maxDepth)
                        .build());
    }
}
