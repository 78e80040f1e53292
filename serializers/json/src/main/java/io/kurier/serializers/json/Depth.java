// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json;

import com.fasterxml.jackson.core.JsonFactory;

/** Sets how deeply JSON may be nested, which Jackson has as a constraint of a factory and not of a reader. */
final class Depth {
    private Depth() {}

    /**
     * The factory itself, if it has that limit for reading and writing, or a copy of it with that limit. One of an
     * application's own class that Jackson cannot copy keeps the limits it has.
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
        // Serializers that an application has written may ask the generator for it.
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
