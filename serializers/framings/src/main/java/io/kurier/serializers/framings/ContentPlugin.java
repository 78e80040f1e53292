// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import io.kurier.spi.FramingSettings;

/** The schema source {@code content}, which needs neither a server nor files. */
final class ContentPlugin implements SchemaSourcePlugin {
    static final String NAME = "content";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public SchemaSource source(FramingSettings settings) {
        return new ContentSource(settings.format());
    }
}
