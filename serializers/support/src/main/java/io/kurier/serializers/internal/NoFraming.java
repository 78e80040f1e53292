// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import io.kurier.spi.Frame;
import io.kurier.spi.FrameReader;
import io.kurier.spi.FrameWriter;
import io.kurier.spi.Framing;
import io.kurier.spi.PayloadSchema;
import java.util.Collection;

/** The framing {@code none} of every format: no bytes before the payload, and no headers beside it. Immutable. */
public final class NoFraming implements Framing {
    /** The only instance. */
    public static final NoFraming INSTANCE = new NoFraming();

    private static final byte[] NO_BYTES = {};
    private static final FrameWriter WRITER = headers -> NO_BYTES;
    private static final FrameReader READER = (topic, headers, bytes, offset, length) -> Frame.NONE;

    private NoFraming() {}

    @Override
    public FrameWriter writer(String topic, PayloadSchema schema) {
        return WRITER;
    }

    @Override
    public FrameReader reader(Collection<? extends PayloadSchema> known) {
        return READER;
    }
}
