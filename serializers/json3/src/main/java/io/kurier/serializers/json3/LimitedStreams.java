// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/**
 * Creates the parsers and generators of a mapper with a limit of nesting, which Jackson has as a constraint of a factory
 * and not of a reader or a writer. Safe for use by any number of threads.
 */
final class LimitedStreams {
    private static final byte[] NOTHING = {};

    private final ObjectReader reader;
    private final TokenStreamFactory factory;

    /**
     * Creates the streams of a mapper.
     *
     * @param reader has the mapper's settings for parsers
     * @param maxDepth the most levels of objects and arrays, for reading and writing
     */
    LimitedStreams(ObjectReader reader, int maxDepth) {
        this.reader = reader;
        this.factory = limit(reader.parserFactory(), maxDepth);
    }

    /**
     * Returns the factory itself, if it has that limit for reading and writing, or a copy of it with that limit. A
     * factory of an application's own class that does not rebuild itself keeps its limits.
     */
    private static TokenStreamFactory limit(TokenStreamFactory factory, int maxDepth) {
        if (factory.streamReadConstraints().getMaxNestingDepth() == maxDepth
                && factory.streamWriteConstraints().getMaxNestingDepth() == maxDepth) {
            return factory;
        }
        var builder = factory.rebuild();
        builder.streamReadConstraints(factory.streamReadConstraints()
                .rebuild()
                .maxNestingDepth(maxDepth)
                .build());
        builder.streamWriteConstraints(factory.streamWriteConstraints()
                .rebuild()
                .maxNestingDepth(maxDepth)
                .build());
        TokenStreamFactory copy = builder.build();
        return copy.getClass() == factory.getClass() ? copy : factory;
    }

    /** Returns whether the format is JSON: a mapper may be for another one. */
    boolean isJson() {
        return factory.getFormatName().equals(JsonFactory.FORMAT_NAME_JSON);
    }

    StreamReadConstraints constraints() {
        return factory.streamReadConstraints();
    }

    /** Returns a parser, to be closed by the caller. */
    JsonParser parser(byte[] json, int offset, int length) {
        if (factory == reader.parserFactory()) {
            return reader.createParser(json, offset, length);
        }
        // Only a parser of the reader has the context with the mapper's settings.
        try (JsonParser own = reader.createParser(NOTHING)) {
            return factory.createParser(own.objectReadContext(), json, offset, length);
        }
    }

    /** Returns a generator with the settings of a writer of the same mapper, to be closed by the caller. */
    JsonGenerator generator(ObjectWriter writer, OutputStream out) {
        if (factory == writer.generatorFactory()) {
            return writer.createGenerator(out);
        }
        try (JsonGenerator own = writer.createGenerator(OutputStream.nullOutputStream())) {
            JsonGenerator limited = factory.createGenerator(own.objectWriteContext(), out);
            var initializer = writer.getConfig().getGeneratorInitializer();
            if (initializer != null) {
                initializer.initialize(writer.getConfig(), limited);
            }
            return limited;
        }
    }
}
