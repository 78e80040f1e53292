// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import io.kurier.spi.FrameReader;
import io.kurier.spi.FrameWriter;
import io.kurier.spi.Framing;
import io.kurier.spi.PayloadSchema;
import java.time.Duration;
import java.util.Collection;

/**
 * Waits for a framing that has to ask a server, in threads that may wait: those of plain Kafka clients and of
 * consumers. A publisher waits by itself, or refuses the message.
 */
final class BlockingFraming implements Framing {
    private final Framing framing;
    private final ServerWait server;
    private final Runnable onClose;

    /**
     * Creates a framing that waits for another one.
     *
     * @param framing the framing that may not be ready
     * @param limit the longest wait
     * @param onClose runs after the framing is closed
     */
    BlockingFraming(Framing framing, Duration limit, Runnable onClose) {
        this.framing = framing;
        this.server = new ServerWait(limit);
        this.onClose = onClose;
    }

    @Override
    public FrameWriter writer(String topic, PayloadSchema schema) {
        FrameWriter writer = server.await(() -> framing.writer(topic, schema));
        return headers -> server.await(() -> writer.prefix(headers));
    }

    @Override
    public FrameReader reader(Collection<? extends PayloadSchema> known) {
        FrameReader reader = framing.reader(known);
        return (topic, headers, bytes, offset, length) ->
                server.await(() -> reader.read(topic, headers, bytes, offset, length));
    }

    @Override
    public boolean addsHeaders() {
        return framing.addsHeaders();
    }

    @Override
    public boolean writesBytesWithoutLength() {
        return framing.writesBytesWithoutLength();
    }

    @Override
    public void checkWriting() {
        framing.checkWriting();
    }

    @Override
    public void close() {
        try {
            framing.close();
        } finally {
            onClose.run();
        }
    }
}
