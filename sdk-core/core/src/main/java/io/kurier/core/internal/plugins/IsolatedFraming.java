// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.spi.FrameReader;
import io.kurier.spi.FrameWriter;
import io.kurier.spi.Framing;
import io.kurier.spi.PayloadSchema;
import java.util.Collection;

/**
 * Runs a framing of an {@link IsolatedPlugin}, and its writers and readers, with its own loader as the thread's context
 * class loader.
 */
record IsolatedFraming(Framing framing, PluginClassLoader loader) implements Framing {
    @Override
    public FrameWriter writer(String topic, PayloadSchema schema) {
        FrameWriter writer = loader.within(() -> framing.writer(topic, schema));
        return headers -> loader.within(() -> writer.prefix(headers));
    }

    @Override
    public FrameReader reader(Collection<? extends PayloadSchema> known) {
        FrameReader reader = loader.within(() -> framing.reader(known));
        return (topic, headers, bytes, offset, length) ->
                loader.within(() -> reader.read(topic, headers, bytes, offset, length));
    }

    @Override
    public boolean addsHeaders() {
        return loader.within(() -> framing.addsHeaders());
    }

    @Override
    public boolean writesBytesWithoutLength() {
        return loader.within(() -> framing.writesBytesWithoutLength());
    }

    @Override
    public void close() {
        loader.run(() -> framing.close());
    }
}
